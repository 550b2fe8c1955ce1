import { readEnvironment } from '../adapters/function-environment.ts';
import { lambdaHandler } from '../adapters/lambda.ts';
import { logger } from '../adapters/logging.ts';
import { measure } from '../adapters/measure.ts';
import { secretsManagerKeys } from '../adapters/signing-keys.ts';
import { onStage, stageIds } from '../adapters/stage-ids.ts';
import { validateRequest } from './validate-request.ts';

const { settings, idsParameter } = readEnvironment();
const now = () => new Date();
const keys = secretsManagerKeys(settings.signature.secretName ?? '', now);

/** The step that parses untrusted input has its own function, with permissions for nothing else. */
export const handler = lambdaHandler(
  () => 'ValidateRequest',
  onStage(settings, stageIds(idsParameter), (stage) => validateRequest({ stage, keys, now, log: logger, measure })),
);
