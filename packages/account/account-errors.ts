import { UnusableIds } from '../../domain/created-ids.ts';
import { thingAsked } from './asked-request.ts';
import { refusalInWords } from './refusal.ts';

/** What is wrong with the credentials, the network or the region, so that nothing can be checked. Never throws. */
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
      return `AWS rejects these credentials (${error.name}): log in again, or set AWS_PROFILE`;
  }
  return isUnreachable(error) ? `AWS cannot be reached in ${region}: check the network and the region` : undefined;
}

/**
 * Why one request failed, and what to do; undefined for an unexpected error, which is our own bug.
 *
 * @param permissions all actions that the caller needs
 * @param stage that the request is about
 */
export function whyUnread(
  error: unknown,
  permissions: readonly string[],
  region: string,
  stage?: string,
): { seen: string; nextStep: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const by = stage === undefined ? '' : `: npx sls deploy --stage ${stage}`;
  if (error.name === NO_COUNTERPART) return { seen: error.message, nextStep: 'Check a stage that is deployed to AWS.' };
  if (isDenied(error)) return refusalInWords(error, permissions);
  if (isThrottled(error)) {
    return { seen: `AWS throttled the request (${error.name})`, nextStep: 'Try again later.' };
  }
  if (isTimeOut(error)) return { seen: 'no response in time', nextStep: 'Try again later.' };
  if (isUnreachable(error)) {
    return {
      seen: `the service cannot be reached in ${region}`,
      nextStep: 'Check the network, and whether AWS offers the service in this region.',
    };
  }
  if (error instanceof UnusableIds) {
    return { seen: `the parameter with the ids of the stage ${error.message}`, nextStep: `Deploy the stage${by}.` };
  }
  if (isMissing(error)) {
    const thing = thingAsked(error);
    return {
      seen: `${thing?.name ?? 'the resource'} does not exist (${error.name})`,
      nextStep: thing?.isOfStack
        ? `Deploy the stage first${by}.`
        : 'Check the ids, the names and the region in the settings of the stage.',
    };
  }
  // A region or partition without the operation.
  if (['UnknownOperationException', 'NotImplemented', 'UnknownEndpoint'].includes(error.name)) {
    return { seen: `AWS does not offer this operation in ${region} (${error.name})`, nextStep: 'Check by hand.' };
  }
  if (statusOf(error) >= 500) {
    return { seen: `AWS failed (${error.name})`, nextStep: 'Try again later.' };
  }
  return undefined;
}

/** The local stack's answer for operations it does not simulate: packages/sandbox/account/account-of-stack.ts. */
const NO_COUNTERPART = 'NoCounterpartOnThisMachine';

/** Services use different names for it. */
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

/** Any error response from AWS; everything else comes from the network, the shell or this code. */
export const isAnswerOfAws = (error: unknown): error is Error => error instanceof Error && statusOf(error) > 0;

/** 0 if there was no response. */
function statusOf(error: Error): number {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
    ? Number(metadata.httpStatusCode) || 0
    : 0;
}
