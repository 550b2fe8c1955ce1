require('./needs-node-24.cjs');

// The Serverless Framework reads .cjs only; the loader itself is TypeScript, which Node runs as it is.
module.exports = async ({ resolveVariable }) => {
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
