#!/usr/bin/env node
// The commands for the project in the working directory. A Node that cannot read TypeScript can read this.
const { node } = process.versions;
if (Number(node.split('.')[0]) < 24) {
  console.error(`This needs Node 24, and runs on ${node}: please install Node 24 or newer.`);
  process.exit(2);
}
Promise.all([import('../src/command-line.ts'), import('../src/commands/commands.ts')]).then(
  ([{ runCommand }, { flows }]) => runCommand(flows),
);
