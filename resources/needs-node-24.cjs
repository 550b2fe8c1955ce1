// Loaded before everything else, and by a Node of any age: one that cannot read TypeScript would answer
// ERR_UNKNOWN_FILE_EXTENSION and a stack trace. 24 is what the functions are deployed on.
const { node } = process.versions;
if (Number(node.split('.')[0]) < 24) {
  console.error(
    `This needs Node 24, and runs on ${node}: on macOS and Alpine install Node 24 yourself; on other Linux and on Windows "npm ci" brings it along, unless called with --omit=optional.`,
  );
  process.exit(2);
}
