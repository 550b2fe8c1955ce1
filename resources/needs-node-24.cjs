// Loaded first, and by any version of Node: one that cannot read TypeScript would fail with ERR_UNKNOWN_FILE_EXTENSION and a stack
// trace. The functions are deployed on Node 24.
const { node } = process.versions;
if (Number(node.split('.')[0]) < 24) {
  console.error(
    `This needs Node 24, and runs on ${node}: on macOS and Alpine install Node 24 yourself; on other Linux and on Windows "npm ci" brings it along, unless called with --omit=optional.`,
  );
  process.exit(2);
}
