#!/usr/bin/env node
// The commands for the project in the working directory. Written for old versions of Node, which cannot read the rest.
const { existsSync } = require('node:fs');
const { join } = require('node:path');

// In its repository the package runs from source, when installed from its build.
const fromSource = existsSync(join(__dirname, '../src'));
const needed = fromSource ? '24' : '20.11';
const { node } = process.versions;
const [major, minor] = node.split('.').map(Number);
const [neededMajor, neededMinor = 0] = needed.split('.').map(Number);
if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  console.error(`This needs Node ${needed}, and runs on ${node}: please install Node ${needed} or newer.`);
  process.exit(2);
}
const parts = fromSource
  ? [import('../src/command-line.ts'), import('../src/commands/commands.ts')]
  : [import('../dist/command-line.js'), import('../dist/commands/commands.js')];
Promise.all(parts).then(([{ runCommand }, { flows }]) => runCommand(flows));
