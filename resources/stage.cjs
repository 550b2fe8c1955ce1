const { get } = require('node:http');
require('./needs-node-24.cjs');

// The Serverless Framework reads .cjs only; the loader itself is TypeScript, which Node 24 runs as it is.
module.exports = async ({ options, resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const { loadStage, assertDeployable, StageSettingsError } = require('./load-stage.ts');
  // Whatever runs a deployment may use this variable for something else.
  const port = stage === 'local' ? portOf(process.env.PORT || '4545') : undefined;
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

/** admit runs with nothing else up, unless it reads signing keys. */
const reachesAws = (name, { file }) => name !== 'admit' || file.signature.mode !== 'off';

/** Without the local stack, the function would fail on its first request, with a stack. */
async function assertLocalStackIsUp(port) {
  const url = `http://127.0.0.1:${port}`;
  const answer = await answerOf(`${url}/dead-letters`);
  if (answer === undefined) {
    throw asSentence(
      new Error(`nothing listens at ${url}: start the local stack with npm start, and give both the same PORT.`),
    );
  }
  if (!answer.startsWith('[')) {
    throw asSentence(new Error(`what listens at ${url} is not the local stack: give the PORT of npm start.`));
  }
}

/** What is answered to a GET; undefined where nobody does. Never by a proxy of the shell, hence no global agent. */
function answerOf(url) {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: 5_000 }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve(text);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(undefined));
  });
}

function portOf(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw asSentence(new Error(`PORT is ${text}: expected a whole number from 1 to 65535.`));
}

/** The framework prints an error's stack; a person who mistyped a setting needs the sentence only. */
function asSentence(error) {
  error.stack = error.message;
  return error;
}
