import { CallError, type CallErrorName } from '../domain/errors.ts';
import { maskError } from '../domain/masking.ts';

/** Sends a request to Amazon Connect; whatever the SDK throws becomes a `CallError`. */
export async function asCallErrors<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw error instanceof CallError ? error : toCallError(error);
  }
}

/** @see https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundVoiceContact.html#API_StartOutboundVoiceContact_Errors */
const NAMES: Readonly<Record<string, CallErrorName>> = {
  ThrottlingException: 'ConnectThrottled',
  TooManyRequestsException: 'ConnectThrottled',
  LimitExceededException: 'ConnectLimitExceeded',
  DestinationNotAllowedException: 'ConnectDestinationNotAllowed',
  OutboundContactNotPermittedException: 'ConnectOutboundNotPermitted',
  InvalidParameterException: 'ConnectRequestRejected',
  InvalidRequestException: 'ConnectRequestRejected',
  ResourceNotFoundException: 'ConnectResourceNotFound',
  AccessDeniedException: 'ConnectAccessDenied',
};

/** Classifies errors of the SDK. Anything but a clear refusal leaves the call's fate open: `ConnectUnavailable`. */
function toCallError(error: unknown): CallError {
  maskError(error);
  const { name = 'Error', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  const byStatus = (): CallErrorName => {
    if (status === 429) return 'ConnectThrottled';
    if (status === 403) return 'ConnectAccessDenied';
    if (status === 408) return 'ConnectUnavailable';
    return status !== undefined && status >= 400 && status < 500 ? 'ConnectRequestRejected' : 'ConnectUnavailable';
  };
  return new CallError(NAMES[name] ?? byStatus(), `Amazon Connect: ${name}${status ? ` (HTTP ${status})` : ''}`, {
    cause: error,
  });
}
