import type { Assumption } from '../assumption.ts';

const START = 'https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundVoiceContact.html';
const QUOTAS = 'https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html';
const METRICS = 'https://docs.aws.amazon.com/connect/latest/APIReference/API_GetCurrentMetricData.html';
const AUTHORIZATION = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html';
const HOURS = 'https://docs.aws.amazon.com/connect/latest/APIReference/API_GetEffectiveHoursOfOperations.html';

/** What the local model takes for true of Amazon Connect's API operations. */
export const OPERATION_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'rate-quotas',
    assumption:
      'StartOutboundVoiceContact, DescribeQueue and GetEffectiveHoursOfOperations allow 2 requests a second with a burst of 5, GetCurrentMetricData 5 and 8, DescribeContact and StopContact 10 and 15.',
    madeIn: 'packages/sandbox/connect/quotas.ts',
    source: QUOTAS,
    confidence: 'documented',
    howToCheck: 'Read the quotas of Amazon Connect in Service Quotas, in the region of the stage.',
  },
  {
    id: 'effective-hours-of-a-month',
    assumption:
      'GetEffectiveHoursOfOperations answers for as many days as it is asked for: its page names no longest range. Appointments ask for up to 33, by a reading of their own, so that a refusal would keep nobody from a call now.',
    madeIn: 'functions/shared/connect-readings.ts',
    source: HOURS,
    confidence: 'inferred',
    howToCheck:
      'Ask for the effective hours from today to 33 days from now, and compare the last day with the override of it.',
  },
  {
    id: 'list-contacts-permission',
    assumption:
      'ListAssociatedContacts is authorised on the contact or on its instance: the role allows both, because the page names neither. Its rate is the default, 2 requests a second with a burst of 5.',
    madeIn: 'resources/roles.cjs',
    source: AUTHORIZATION,
    confidence: 'inferred',
    howToCheck: 'Let trackContact follow a call that its agent ends, and look for "contact not read" in its log.',
  },
  {
    id: 'list-contacts-tells-of-transfers',
    assumption:
      'ListAssociatedContacts has the contacts of a call that was handed on as soon as the one before is over, with DisconnectTimestamp where they are over, too.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_ListAssociatedContacts.html',
    confidence: 'inferred',
    howToCheck: 'Hand a call on by a quick connect and by a queue flow, and list its contacts the moment after.',
  },
  {
    id: 'rate-per-operation',
    assumption: 'Each operation has a rate of its own, shared by all instances and callers of the account and region.',
    madeIn: 'packages/sandbox/connect/quotas.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/best-practices-connect-apis.html',
    confidence: 'documented',
    howToCheck: 'Call DescribeQueue at its limit and StartOutboundVoiceContact once beside it.',
  },
  {
    id: 'rate-is-token-bucket',
    assumption: 'A rate is a token bucket: the burst is there at the start and refills at the rate, without a step.',
    madeIn: 'packages/sandbox/connect/quotas.ts',
    source: QUOTAS,
    confidence: 'inferred',
    howToCheck: 'Call DescribeQueue 20 times at once, wait a second, call 5 times more; count the refusals of both.',
  },
  {
    id: 'throttling-error-name',
    assumption:
      'StartOutboundVoiceContact above its rate answers TooManyRequestsException (429), which its page does not name. The other operations answer ThrottlingException (429).',
    madeIn: 'packages/sandbox/connect/connect-faults.ts',
    source:
      'https://dev.classmethod.jp/articles/tsnote-how-to-workaround-toomanyrequestsexception-throttling-error-with-amazon-connect-api/',
    confidence: 'seen by others',
    howToCheck: 'Call StartOutboundVoiceContact 10 times at once with an unknown flow id and read the error names.',
  },
  {
    id: 'active-call-quota',
    assumption:
      'A new instance allows 10 calls at once, counting those that dial, run a flow, wait in a queue or have an agent.',
    madeIn: 'packages/sandbox/connect/quotas.ts',
    source: QUOTAS,
    confidence: 'documented',
    howToCheck: 'Read "Concurrent active calls per instance" in Service Quotas.',
  },
  {
    id: 'active-call-quota-error',
    assumption:
      'A call above the quota of active calls is refused at once with LimitExceededException (429), and none is placed.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: START,
    confidence: 'inferred',
    howToCheck: 'Lower the quota to 1 in a test instance and place two calls.',
  },
  {
    id: 'client-token-life',
    assumption: 'The same ClientToken returns the first ContactId for 7 days and places nothing.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: START,
    confidence: 'documented',
    howToCheck: 'Place a call to an own phone twice with one token.',
  },
  {
    id: 'client-token-after-the-call',
    assumption:
      'A ClientToken keeps its ContactId after that call has ended. Earlier editions of the page said that a new contact is started then.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source:
      'https://hackage.haskell.org/package/amazonka-connect-1.6.1/docs/Network-AWS-Connect-StartOutboundVoiceContact.html',
    confidence: 'inferred',
    howToCheck: 'Place a call to an own phone, hang up, and ask again with the same token.',
  },
  {
    id: 'client-token-other-parameters',
    assumption: 'A known token with other parameters returns the first ContactId as well.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: START,
    confidence: 'inferred',
    howToCheck: 'Repeat a token with another Name.',
  },
  {
    id: 'ring-timeout-traffic-type',
    assumption:
      'RingTimeoutInSeconds 15–60 is accepted; one public trial of May 2026 (https://dev.classmethod.jp/articles/amazon-connect-ring-timeout-in-seconds/) found that it needs TrafficType=CAMPAIGN; what the service answers with GENERAL traffic is not known.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: 'https://dev.classmethod.jp/articles/amazon-connect-ring-timeout-in-seconds/',
    confidence: 'inferred',
    howToCheck:
      'Call an own phone with RingTimeoutInSeconds 15 and no TrafficType; read the error, or count the seconds.',
  },
  {
    id: 'ring-timeout-range-error',
    assumption: 'A RingTimeoutInSeconds outside 15–60 answers InvalidParameterException.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: START,
    confidence: 'inferred',
    howToCheck: 'Call StartOutboundVoiceContact with RingTimeoutInSeconds 5.',
  },
  {
    id: 'ring-timeout-default',
    assumption: 'Without RingTimeoutInSeconds a phone rings for 60 seconds.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: START,
    confidence: 'documented',
    howToCheck: 'Let an own phone ring.',
  },
  {
    id: 'attribute-limits',
    assumption: 'Attributes may have 32,768 UTF-8 bytes in all, and keys of A-Z a-z 0-9 _ - only.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: START,
    confidence: 'documented',
    howToCheck: 'Call StartOutboundVoiceContact with attributes above the limit.',
  },
  {
    id: 'attribute-limits-error',
    assumption: 'Attributes above the limits answer InvalidRequestException.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: START,
    confidence: 'inferred',
    howToCheck: 'Call StartOutboundVoiceContact with an attribute key that has a blank.',
  },
  {
    id: 'phone-number-errors',
    assumption:
      'A destination that is no E.164 number, or a source number that the instance has not claimed, answers InvalidParameterException.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: START,
    confidence: 'inferred',
    howToCheck: 'Call StartOutboundVoiceContact with DestinationPhoneNumber "09012345678", then with a foreign source.',
  },
  {
    id: 'destination-countries',
    assumption:
      'A country that the instance may not call answers DestinationNotAllowedException; the local instance may call Japan only.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/country-code-allow-list.html',
    confidence: 'documented',
    howToCheck: 'Read the countries in the telephony settings of the instance.',
  },
  {
    id: 'japanese-mobile-numbers',
    assumption:
      'An instance in Tokyo may call mobile numbers (070, 080, 090). The page says that they may not be allowed by default, and are enabled by a quota request.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/country-code-allow-list.html',
    confidence: 'inferred',
    howToCheck: 'Place a call to an own mobile phone before going live.',
  },
  {
    id: 'unknown-things',
    assumption:
      'An unknown instance, flow, queue, contact or hours of operation answers ResourceNotFoundException (404).',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: START,
    confidence: 'inferred',
    howToCheck:
      'Ask for each with a random UUID; a role limited to the instance may get AccessDeniedException instead.',
  },
  {
    id: 'stop-ended-contact',
    assumption: 'StopContact for a voice contact that is over answers ContactNotFoundException (410).',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_StopContact.html',
    confidence: 'documented',
    howToCheck: 'Stop a contact twice.',
  },
  {
    id: 'metrics-empty',
    assumption: 'With nobody logged in, GetCurrentMetricData returns an empty MetricResults list, not a zero.',
    madeIn: 'packages/sandbox/connect/current-metrics.ts',
    source: METRICS,
    confidence: 'documented',
    howToCheck: 'Ask for AGENTS_AVAILABLE of a queue with all agents offline.',
  },
  {
    id: 'metrics-lag',
    assumption:
      'The metrics lag behind by 15 seconds at most (simulated; those of the local stack by nothing). For the API no figure is published; real-time reports refresh every 15 seconds, queue metrics in a flow are 5 to 10 seconds old.',
    madeIn: 'packages/sandbox/connect/lagging-view.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/get-queue-metrics.html',
    confidence: 'inferred',
    howToCheck:
      'Ask for AGENTS_AVAILABLE every second while an agent changes status, and note when the number follows.',
  },
  {
    id: 'metrics-available',
    assumption:
      'AGENTS_AVAILABLE counts, for each queue of an agent, those who are available and have no contact. An agent of two queues counts in both.',
    madeIn: 'packages/sandbox/connect/current-metrics.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/metrics-definitions.html',
    confidence: 'documented',
    howToCheck: 'Log one agent in whose routing profile has two queues.',
  },
  {
    id: 'metrics-after-contact-work',
    assumption:
      'An agent who works after a call is on contact and not available, and is no longer on a call; AGENTS_AFTER_CONTACT_WORK counts those.',
    madeIn: 'packages/sandbox/connect/current-metrics.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/metrics-definitions.html',
    confidence: 'documented',
    howToCheck: 'Ask for the metrics while an agent has not closed the contact yet.',
  },
  {
    id: 'metrics-oldest-contact',
    assumption: 'OLDEST_CONTACT_AGE is in milliseconds without groupings and in seconds with them.',
    madeIn: 'packages/sandbox/connect/current-metrics.ts',
    source: METRICS,
    confidence: 'documented',
    howToCheck: 'Ask for it both ways while a contact waits.',
  },
  {
    id: 'hours-whole-day',
    assumption: 'Hours that are open all day are written 00:00–00:00.',
    madeIn: 'packages/sandbox/connect/connect-queues.ts',
    source: 'https://github.com/aws-samples/amazon-connect-power-dialer',
    confidence: 'seen by others',
    howToCheck: 'Call GetEffectiveHoursOfOperations for the hours "Basic Hours" set to all day.',
  },
  {
    id: 'hours-overrides',
    assumption:
      'EffectiveHoursOfOperationList has the overrides applied; EffectiveOverrideHoursList names them once more, with OperationalStatus OPEN or CLOSED.',
    madeIn: 'packages/sandbox/connect/connect-queues.ts',
    source: HOURS,
    confidence: 'inferred',
    howToCheck: 'Call GetEffectiveHoursOfOperations for a day with an override.',
  },
  {
    id: 'hours-closed-day',
    assumption: 'A closed day is in the list with empty OperationalHours.',
    madeIn: 'packages/sandbox/connect/connect-queues.ts',
    source: HOURS,
    confidence: 'inferred',
    howToCheck: 'Call GetEffectiveHoursOfOperations for a week with a closed Sunday and a holiday override.',
  },
  {
    id: 'error-header',
    assumption: 'The name of an error is in the header x-amzn-errortype, its text in the message of the body.',
    madeIn: 'packages/sandbox/connect/endpoint.ts',
    source: 'https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html',
    confidence: 'documented',
    howToCheck: 'Call any operation with --debug and a wrong id.',
  },
  {
    id: 'permission-to-call',
    assumption:
      "StartOutboundVoiceContact is authorised on the instance or on a contact of it. The authorization reference names no resource type for it, which stands for nothing narrower than '*'; the role that AWS itself uses for outbound campaigns has it on the instance (https://docs.aws.amazon.com/connect/latest/adminguide/connect-slr-outbound.html).",
    madeIn: 'resources/roles.cjs',
    source: AUTHORIZATION,
    confidence: 'inferred',
    howToCheck:
      'Deploy and place the first call to an own phone. AccessDeniedException: do what docs/runbook.md says under access_denied.',
  },
  {
    id: 'permission-for-hours',
    assumption:
      'GetEffectiveHoursOfOperations is authorised on the hours of operation and on the instance, both of which the reference marks as required.',
    madeIn: 'resources/roles.cjs',
    source: AUTHORIZATION,
    confidence: 'documented',
    howToCheck:
      'Take the instance out of the role of the road in a test account, and send a request: does it end as access_denied?',
  },
  {
    id: 'permission-for-metrics',
    assumption:
      'GetCurrentMetricData that filters by queues is authorised on those queues alone, although the reference marks routing profiles as required, too.',
    madeIn: 'resources/roles.cjs',
    source: AUTHORIZATION,
    confidence: 'inferred',
    howToCheck: 'Deploy and send a request. access_denied: the log of the road, step CheckQueue, names the resource.',
  },
];
