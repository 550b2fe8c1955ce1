const { connect } = require('node:net');
require('./needs-node-24.cjs');

// The Serverless Framework reads .cjs only; the loader itself is TypeScript, which Node 24 runs as it is.
module.exports = async ({ options, resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const { loadStage, assertDeployable, StageSettingsError } = require('./load-stage.ts');
  const port = Number(process.env.PORT || 4545);
  // Before the framework looks for credentials, and in the process that sls invoke local runs the function in.
  if (stage === 'local') require('./aws-of-the-shell.ts').forgetAwsOfShell();
  try {
    const loaded = loadStage(stage, port);
    if (process.argv.includes('deploy')) assertDeployable(stage, loaded);
    if (stage === 'local' && process.argv.includes('invoke') && reachesAws(options.function, loaded)) {
      await assertLocalStackIsUp(port);
    }
    return loaded;
  } catch (error) {
    throw error instanceof StageSettingsError ? asSentence(error) : error;
  }
};

/** validateRequest runs with nothing else up, unless it reads signing keys. */
const reachesAws = (name, { file }) => name !== 'validateRequest' || file.signature.mode !== 'off';

/** Without it, the function would fail on its first request, with a stack. */
function assertLocalStackIsUp(port) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port }, () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', (cause) => {
      const message = `nothing listens at http://127.0.0.1:${port}: start the local stack with npm start, and give both the same PORT.`;
      reject(asSentence(new Error(message, { cause })));
    });
  });
}

/** The framework prints an error's stack; a person who mistyped a setting needs the sentence only. */
function asSentence(error) {
  error.stack = error.message;
  return error;
}
