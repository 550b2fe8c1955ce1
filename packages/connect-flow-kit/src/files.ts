// Flow files on their way to an instance: read, checked, and their tokens filled in.
export { checkTokens, readContactFlows } from './files/contact-flow-files.ts';
export { fillTokens, tokensIn, tokenValues } from './files/contact-flow-tokens.ts';
export { foreignNameSentences } from './files/foreign-names.ts';
export { withoutMissingFunctions } from './files/missing-functions.ts';
