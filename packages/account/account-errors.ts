import { UnusableIds } from '../../domain/created-ids.ts';
import { thingAsked } from './asked-request.ts';
import { refusalInWords } from './refusal.ts';

/** What is wrong with the credentials, the network or the region, so that no question makes sense. Throws nothing. */
export function whyNothingWorks(error: unknown, region: string): string | undefined {
  if (!(error instanceof Error)) return undefined;
  switch (error.name) {
    case 'CredentialsProviderError':
      return 'there are no AWS credentials: log in (aws sso login) or set AWS_PROFILE';
    case 'UnrecognizedClientException':
    case 'InvalidClientTokenId':
    case 'InvalidSignatureException':
    case 'SignatureDoesNotMatch':
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return `AWS does not take these credentials (${error.name}): log in again, or set AWS_PROFILE`;
  }
  return isUnreachable(error) ? `AWS cannot be reached in ${region}: check the network and the region` : undefined;
}

/**
 * Why one question found no answer, and what to do; undefined for an error that is nobody's but ours.
 *
 * @param permissions all actions that the caller needs
 * @param stage which one it is about
 */
export function whyUnread(
  error: unknown,
  permissions: readonly string[],
  region: string,
  stage?: string,
): { seen: string; nextStep: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const by = stage === undefined ? '' : `: npx sls deploy --stage ${stage}`;
  if (error.name === NO_COUNTERPART) return { seen: error.message, nextStep: 'Ask a stage that is deployed to AWS.' };
  if (isDenied(error)) return refusalInWords(error, permissions);
  if (isThrottled(error)) {
    return { seen: `AWS refused the question for its rate (${error.name})`, nextStep: 'Ask again later.' };
  }
  if (isTimeOut(error)) return { seen: 'no answer in time', nextStep: 'Ask again later.' };
  if (isUnreachable(error)) {
    return {
      seen: `the service cannot be reached in ${region}`,
      nextStep: 'Check the network, and that AWS offers the service in this region.',
    };
  }
  if (error instanceof UnusableIds) {
    return { seen: `the parameter with the ids of the stage ${error.message}`, nextStep: `Deploy the stage${by}.` };
  }
  if (isMissing(error)) {
    const thing = thingAsked(error);
    return {
      seen: `${thing?.name ?? 'what is asked about'} is not there (${error.name})`,
      nextStep: thing?.isOfStack
        ? `Deploy the stage first${by}.`
        : 'Look at the ids, the names and the region in the settings of the stage.',
    };
  }
  // A region or partition that does not know the operation.
  if (['UnknownOperationException', 'NotImplemented', 'UnknownEndpoint'].includes(error.name)) {
    return { seen: `AWS does not offer this operation in ${region} (${error.name})`, nextStep: 'Look by hand.' };
  }
  if (statusOf(error) >= 500) {
    return { seen: `AWS failed (${error.name})`, nextStep: 'Ask again later.' };
  }
  return undefined;
}

/** What the local stack answers where it has nothing like it: packages/sandbox/account/account-of-stack.ts. */
const NO_COUNTERPART = 'NoCounterpartOnThisMachine';

/** Services name it differently. */
export const isDenied = ({ name }: Error): boolean =>
  ['AccessDenied', 'AccessDeniedException', 'AuthorizationError', 'NotAuthorized', 'UnauthorizedOperation'].includes(
    name,
  );

/** The services' names for something that does not exist. */
const isMissing = ({ name }: Error): boolean =>
  [
    'ResourceNotFoundException',
    'NoSuchEntity',
    'NoSuchEntityException',
    'StateMachineDoesNotExist',
    'QueueDoesNotExist',
    'NotFoundException',
  ].includes(name);

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const isThrottled = ({ name }: Error): boolean =>
  [
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'TooManyRequestsException',
    'RequestLimitExceeded',
  ].includes(name);

const isTimeOut = ({ name, ...error }: Error): boolean => name === 'TimeoutError' || codeOf(error) === 'ETIMEDOUT';

const isUnreachable = (error: Error): boolean =>
  ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ENETUNREACH', 'EPIPE'].includes(codeOf(error));

const codeOf = (error: object): string => ('code' in error ? String(error.code) : '');

/** An error that AWS answered with, whatever it says; everything else is the network's, the shell's or ours. */
export const isAnswerOfAws = (error: unknown): error is Error => error instanceof Error && statusOf(error) > 0;

/** 0 where there was no answer. */
function statusOf(error: Error): number {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
    ? Number(metadata.httpStatusCode) || 0
    : 0;
}
