const { get } = require('node:http');
require('./needs-node-24.cjs');
const { endWith } = require('./last-sentence.cjs');

// The Serverless Framework only reads .cjs; the loader itself is TypeScript, which Node 24 runs directly.
module.exports = async ({ options, resolveVariable }) => {
  // A name from the command line may be invalid, which the framework would report once for every variable.
  const stage = options.stage ?? (await resolveVariable('sls:stage'));
  const { loadStage, stageMistakes, StageSettingsError } = require('./load-stage.ts');
  // The environment of a deployment may use this variable for something else.
  const port = stage === 'local' ? portOf(process.env.PORT || '4545') : undefined;
  // Before the framework looks for credentials, and in the process in which sls invoke local runs the function.
  if (stage === 'local') require('./aws-of-the-shell.ts').forgetAwsOfShell();
  const [command, what] = commandWords();
  if (command === 'deploy' && what !== 'list') {
    const mistakes = stageMistakes(stage);
    if (mistakes.length > 0) endWith(mistakes.join('\n'));
  }
  try {
    const loaded = loadStage(stage, port);
    assertRegion(options.region, stage, loaded);
    if (stage === 'local' && command === 'invoke' && reachesAws(options.function, loaded)) {
      await assertLocalStackIsUp(port);
    }
    return loaded;
  } catch (error) {
    if (!(error instanceof StageSettingsError)) throw error;
    endWith(error.message);
  }
};

/** The words of the command, before the first option: a stage or a function may also be called "deploy". */
function commandWords() {
  const args = process.argv.slice(2);
  const firstOption = args.findIndex((arg) => arg.startsWith('-'));
  return firstOption < 0 ? args : args.slice(0, firstOption);
}

/** The framework would deploy there, where nothing named in the file exists. */
function assertRegion(region, stage, { file }) {
  if (!region || region === file.region) return;
  endWith(
    `--region is ${region}, and settings/${stage}.yml has region: ${file.region}: leave the option out, or create a stage for that region.`,
  );
}

/** admit runs by itself, unless it reads signing keys, or ids of what the stack creates. */
const reachesAws = (name, { file }) =>
  name !== 'admit' || file.signature.mode !== 'off' || require('../domain/created-ids.ts').lacksIds(file);

/** Without the local stack, the function would fail on its first request with a stack trace. */
async function assertLocalStackIsUp(port) {
  const url = `http://127.0.0.1:${port}`;
  const answer = await answerOf(`${url}/dead-letters`);
  if (answer === undefined) {
    endWith(`nothing listens at ${url}: start the local stack with npm start, and give both the same PORT.`);
  } else if (!answer.startsWith('[')) {
    endWith(`what listens at ${url} is not the local stack: give the PORT of npm start.`);
  }
}

/** The answer to a GET; undefined if there is none. Must not go through a proxy of the shell, hence no global agent. */
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
  return endWith(`PORT is ${text}: expected a whole number from 1 to 65535.`);
}
