import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { secretsManagerKeys } from '../adapters/signing-keys.ts';
import { validateRequest } from './validate-request.ts';

const { stage } = readEnvironment();
const now = () => new Date();
const keys = secretsManagerKeys(stage.signature.secretName ?? '', now);

/** The step that reads what strangers wrote has a function of its own, which may do nothing else. */
export const handler = lambdaHandler(() => 'ValidateRequest', validateRequest({ stage, keys, now, log: logger }));
