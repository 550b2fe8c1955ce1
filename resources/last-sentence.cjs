// Thrown inside a variable or a plug-in, an error is wrapped by the Serverless Framework into lines about itself, with its own
// code names, on standard output. A person who mistyped a setting needs the sentence only, and a script finds it where errors
// belong.

/** Ends the process with the sentences alone on standard error, as a failure. */
exports.endWith = (sentences) => {
  console.error(sentences);
  process.exit(1);
};
