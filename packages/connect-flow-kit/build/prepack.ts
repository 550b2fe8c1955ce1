// Run by npm before packing: builds dist/, which is all that an installed package runs.
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { rulesPage } from '../src/lint/rules-page.ts';
import { putBackPackageJson, replacePackageJson } from './package-json.ts';

const PACKAGE = join(import.meta.dirname, '..');
const DIST = join(PACKAGE, 'dist');

// A previous run may have been interrupted.
putBackPackageJson();
rmSync(DIST, { recursive: true, force: true });
const typescript = createRequire(import.meta.url).resolve('typescript/package.json');
const compiler = join(typescript, '../bin/tsc');
execFileSync(process.execPath, [compiler, '--singleThreaded', '--project', PACKAGE], { stdio: 'inherit' });
writeFileSync(join(DIST, 'rules.md'), rulesPage('npx connect-flow-kit', 'Written when the package was built.'));
replacePackageJson();
