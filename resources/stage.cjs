// The Serverless Framework reads .cjs only; the loader itself is TypeScript, which Node 24 runs as it is.
module.exports = async ({ resolveVariable }) => {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 24) {
    throw asSentence(
      new Error(`Node ${process.versions.node} is too old: run "npx sls …", which uses the project's own Node 24.`),
    );
  }
  const stage = await resolveVariable('sls:stage');
  const { loadStage, assertDeployable, StageSettingsError } = require('./load-stage.ts');
  try {
    const loaded = loadStage(stage, Number(process.env.PORT ?? 4545));
    if (process.argv.includes('deploy')) assertDeployable(stage, loaded);
    return loaded;
  } catch (error) {
    throw error instanceof StageSettingsError ? asSentence(error) : error;
  }
};

/** The framework prints an error's stack; a person who mistyped a setting needs the sentence only. */
function asSentence(error) {
  error.stack = error.message;
  return error;
}
