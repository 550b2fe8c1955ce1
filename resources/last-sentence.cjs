// The Serverless Framework wraps an error thrown inside a variable or a plug-in into lines about itself, with its own code names,
// on standard output. The author of a mistyped setting needs only the sentence, and a script expects it on standard error.

/** Fails the process with just the sentences on standard error. */
exports.endWith = (sentences) => {
  console.error(sentences);
  process.exit(1);
};
