const { endWith } = require('./last-sentence.cjs');

// Fails before the deployment if AWS would refuse something in the middle of it.
module.exports = class CheckTemplate {
  constructor(serverless) {
    this.hooks = {
      'after:package:finalize': () => {
        const { tooLong } = require('./template-limits.ts');
        const sentences = tooLong(serverless.service.provider.compiledCloudFormationTemplate);
        if (sentences.length > 0) endWith(sentences.join('\n'));
      },
    };
  }
};
