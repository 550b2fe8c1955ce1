// Run by npm after packing.
import { putBackPackageJson } from './package-json.ts';

putBackPackageJson();
