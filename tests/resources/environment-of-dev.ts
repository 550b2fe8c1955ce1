import { loadStage } from '../../resources/load-stage.ts';

// For a test file with a process of its own, which imports this first: namespace and service of the metrics are read once, when
// the adapter is loaded.
Object.assign(process.env, loadStage('dev').environment);
