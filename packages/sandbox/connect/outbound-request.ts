import { idOf } from './arns.ts';
import { ConnectError } from './connect-errors.ts';

/** The input of StartOutboundVoiceContact, as far as the model reads it. */
export interface OutboundRequest {
  InstanceId: string;
  ContactFlowId: string;
  /** E.164 */
  DestinationPhoneNumber: string;
  /** E.164, claimed to the instance. Either this or a queue is required. */
  SourcePhoneNumber?: string | undefined;
  /** Id or ARN. */
  QueueId?: string | undefined;
  /** The same token requests the same call. */
  ClientToken?: string | undefined;
  Attributes?: Record<string, string> | undefined;
  Name?: string | undefined;
  Description?: string | undefined;
  RingTimeoutInSeconds?: number | undefined;
  TrafficType?: string | undefined;
}

/** What an outbound request is checked against. */
interface OutboundRules {
  flowExists(id: string): boolean;
  queueExists(idOrArn: string): boolean;
  sourcePhoneNumbers: readonly string[];
  /** Country calling codes with `+` that may be dialled. */
  allowedCountries: readonly string[];
  ringTimeoutNeedsCampaign: boolean;
}

/**
 * UTF-8 bytes of all attribute keys and values together.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundVoiceContact.html
 */
const MAX_ATTRIBUTE_BYTES = 32_768;
const MAX_TOKEN_LENGTH = 500;
const E164 = /^\+[1-9]\d{1,14}$/;

/** Throws the ConnectError with which Amazon Connect refuses the request. Messages contain no phone number. */
export function checkOutboundRequest(request: OutboundRequest, rules: OutboundRules): void {
  const { DestinationPhoneNumber: destination, SourcePhoneNumber: source, QueueId: queue } = request;
  if (!rules.flowExists(idOf(request.ContactFlowId))) {
    throw new ConnectError('ResourceNotFoundException', 'The contact flow does not exist.');
  }
  if (queue !== undefined && !rules.queueExists(queue)) {
    throw new ConnectError('ResourceNotFoundException', 'The queue does not exist.');
  }
  if (!E164.test(destination)) {
    throw new ConnectError('InvalidParameterException', 'DestinationPhoneNumber is not an E.164 number.');
  }
  if (source === undefined && queue === undefined) {
    throw new ConnectError('InvalidRequestException', 'Either SourcePhoneNumber or QueueId is needed.');
  }
  if (source !== undefined && !rules.sourcePhoneNumbers.includes(source)) {
    throw new ConnectError('InvalidParameterException', 'SourcePhoneNumber is not claimed to the instance.');
  }
  if ((request.ClientToken ?? '').length > MAX_TOKEN_LENGTH) {
    throw new ConnectError('InvalidParameterException', `ClientToken is longer than ${MAX_TOKEN_LENGTH} characters.`);
  }
  checkAttributes(request.Attributes ?? {});
  checkRingTimeout(request, rules);
  if (!rules.allowedCountries.some((code) => destination.startsWith(code))) {
    throw new ConnectError('DestinationNotAllowedException', 'Calls to this country are not enabled.');
  }
}

function checkAttributes(attributes: Record<string, string>): void {
  const entries = Object.entries(attributes);
  const key = entries.map(([name]) => name).find((name) => !/^[A-Za-z0-9_-]+$/.test(name));
  if (key !== undefined) {
    throw new ConnectError('InvalidRequestException', 'An attribute key has other characters than A-Z a-z 0-9 _ -.');
  }
  const bytes = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > MAX_ATTRIBUTE_BYTES) {
    throw new ConnectError('InvalidRequestException', `The attributes have ${bytes} of ${MAX_ATTRIBUTE_BYTES} bytes.`);
  }
}

function checkRingTimeout(
  { RingTimeoutInSeconds: seconds, TrafficType }: OutboundRequest,
  { ringTimeoutNeedsCampaign }: OutboundRules,
): void {
  if (seconds === undefined) return;
  if (!(seconds >= 15 && seconds <= 60)) {
    throw new ConnectError('InvalidParameterException', 'RingTimeoutInSeconds must be from 15 to 60.');
  }
  if (ringTimeoutNeedsCampaign && TrafficType !== 'CAMPAIGN') {
    throw new ConnectError('InvalidRequestException', 'RingTimeoutInSeconds needs TrafficType CAMPAIGN.');
  }
}

/** How long a token refers to its call. */
const TOKEN_LIFE_MS = 7 * 24 * 3_600_000;

/** Which call each client token requested. */
export function clientTokens(now: () => Date) {
  const calls = new Map<string, { contactId: string; until: number }>();
  return {
    contactOf(token: string | undefined): string | undefined {
      const call = token === undefined ? undefined : calls.get(token);
      return call && call.until > now().getTime() ? call.contactId : undefined;
    },
    remember(token: string | undefined, contactId: string): void {
      if (token === undefined) return;
      const at = now().getTime();
      for (const [oldest, { until }] of calls) {
        if (until > at) break;
        calls.delete(oldest);
      }
      calls.set(token, { contactId, until: at + TOKEN_LIFE_MS });
    },
  };
}
