// Run by npm after it packed.
import { putBackPackageJson } from './package-json.ts';

putBackPackageJson();
