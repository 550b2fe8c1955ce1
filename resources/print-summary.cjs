// Prints once what a stage is about to do, when it is packaged or deployed. On standard error, like the framework's own notes, as
// programs read the output of `sls print`.
module.exports = class PrintSummary {
  constructor(serverless, _options, { log }) {
    this.hooks = {
      initialize: () => {
        const [command, part] = serverless.processedInput.commands;
        if ((command !== 'package' && command !== 'deploy') || part !== undefined) return;
        const { stageSummary, stageWarnings } = require('./stage-summary.ts');
        const { file } = serverless.service.custom.stage;
        const stage = serverless.service.provider.stage;
        log.notice(stageSummary(stage, file).join('\n'));
        for (const warning of stageWarnings(stage, file)) log.warning(warning);
      },
    };
  }
};
