import { join } from 'node:path';
import { runCommand } from 'connect-flow-kit/command-line';
import { flows } from 'connect-flow-kit/commands';

const PROJECT = join(import.meta.dirname, '..');

await runCommand((args) => flows(args, PROJECT));
