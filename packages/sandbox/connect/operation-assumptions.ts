import type { Assumption } from '../assumption.ts';

const START = 'https://docs.aws.amazon.com/connect/latest/APIReference/API_StartOutboundVoiceContact.html';
const QUOTAS = 'https://docs.aws.amazon.com/connect/latest/adminguide/amazon-connect-service-limits.html';
const METRICS = 'https://docs.aws.amazon.com/connect/latest/APIReference/API_GetCurrentMetricData.html';
const AUTHORIZATION = 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonconnect.html';
const HOURS = 'https://docs.aws.amazon.com/connect/latest/APIReference/API_GetEffectiveHoursOfOperations.html';

/** What the local model assumes about Amazon Connect's API operations. */
export const OPERATION_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'rate-quotas',
    assumption:
      'StartOutboundVoiceContact, DescribeQueue and GetEffectiveHoursOfOperations allow 2 requests a second with a burst of 5, GetCurrentMetricData 5 and 8, DescribeContact and StopContact 10 and 15.',
    madeIn: 'packages/sandbox/connect/quotas.ts',
    source: QUOTAS,
    confidence: 'documented',
    howToCheck: 'Read the quotas of Amazon Connect in Service Quotas, in the region of the stage.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > counts every operation by itself',
  },
  {
    id: 'effective-hours-of-a-month',
    assumption:
      'GetEffectiveHoursOfOperations answers for as many days as requested: its page names no maximum range. Appointments request up to 33, in a separate reading, so that a refusal would not prevent calls now.',
    madeIn: 'functions/shared/connect-readings.ts',
    source: HOURS,
    confidence: 'inferred',
    howToCheck:
      'Request the effective hours from today to 33 days from now, and compare the last day with its override.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/connect-endpoint.test.ts > follows the hours of a month',
  },
  {
    id: 'list-contacts-permission',
    assumption:
      "ListAssociatedContacts is authorised on the contact, as the reference says and the operation's own page does not. Its rate is the default, 2 requests a second with a burst of 5.",
    madeIn: 'resources/roles.cjs',
    source: AUTHORIZATION,
    confidence: 'inferred',
    howToCheck: 'Let trackContact follow a call that its agent ends, and look for "contact not read" in its log.',
    checkedBy: 'failure',
    test: 'tests/packaging/roles-used.test.ts > allows each of its requests',
  },
  {
    id: 'list-contacts-tells-of-transfers',
    assumption:
      'ListAssociatedContacts returns the contacts of a transferred call as soon as the previous one is over, with DisconnectTimestamp for those that are over.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_ListAssociatedContacts.html',
    confidence: 'inferred',
    howToCheck: 'Transfer a call by a quick connect and another by a queue flow, and list their contacts immediately.',
    checkedBy: 'agent',
    test: 'packages/sandbox/tests/connect-transfers.test.ts > leaves a chain in which each contact names the first and the one before',
  },
  {
    id: 'rate-per-operation',
    assumption: 'Each operation has its own rate, shared by all instances and callers of the account and region.',
    madeIn: 'packages/sandbox/connect/quotas.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/best-practices-connect-apis.html',
    confidence: 'documented',
    howToCheck: 'Call DescribeQueue at its limit and StartOutboundVoiceContact once at the same time.',
    checkedBy: 'load',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > counts every operation by itself',
  },
  {
    id: 'rate-is-token-bucket',
    assumption: 'A rate is a token bucket: it starts with the full burst and refills continuously at the rate.',
    madeIn: 'packages/sandbox/connect/quotas.ts',
    source: QUOTAS,
    confidence: 'inferred',
    howToCheck:
      'Call DescribeQueue 20 times at once, wait a second, then call it 5 more times; count the refusals in both batches.',
    checkedBy: 'load',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > throttles calls above 5 at once and 2 a second',
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
    checkedBy: 'load',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > throttles calls above 5 at once and 2 a second',
  },
  {
    id: 'active-call-quota',
    assumption:
      'A new instance allows 10 concurrent calls, counting those that are dialling, in a flow, in a queue or with an agent.',
    madeIn: 'packages/sandbox/connect/quotas.ts',
    source: QUOTAS,
    confidence: 'documented',
    howToCheck: 'Read "Concurrent active calls per instance" in Service Quotas.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > refuses a call above the active calls, until one has ended',
  },
  {
    id: 'active-call-quota-error',
    assumption:
      'A call above the quota of active calls is refused at once with LimitExceededException (429), and none is placed.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: START,
    confidence: 'inferred',
    howToCheck: 'Lower the quota to 1 in a test instance and place two calls.',
    checkedBy: 'load',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > refuses a call above the active calls, until one has ended',
  },
  {
    id: 'client-token-life',
    assumption: 'For 7 days, the same ClientToken returns the first ContactId and places no call.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: START,
    confidence: 'documented',
    howToCheck: 'Call your own phone twice with one token.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > answers a known client token with the first contact, for 7 days',
  },
  {
    id: 'client-token-after-the-call',
    assumption:
      'A ClientToken keeps its ContactId after that call has ended. Earlier versions of the page said that a new contact is started in that case.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source:
      'https://hackage.haskell.org/package/amazonka-connect-1.6.1/docs/Network-AWS-Connect-StartOutboundVoiceContact.html',
    confidence: 'inferred',
    howToCheck: 'Call your own phone, hang up, and repeat the request with the same token.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > answers a known client token with the first contact, for 7 days',
  },
  {
    id: 'client-token-other-parameters',
    assumption: 'A known token with other parameters returns the first ContactId as well.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: START,
    confidence: 'inferred',
    howToCheck: 'Repeat a token with another Name.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > answers a known client token with the first contact, for 7 days',
  },
  {
    id: 'ring-timeout-traffic-type',
    assumption:
      'RingTimeoutInSeconds 15–60 is accepted; one public trial of May 2026 (https://dev.classmethod.jp/articles/amazon-connect-ring-timeout-in-seconds/) found that it needs TrafficType=CAMPAIGN; how the service responds to GENERAL traffic is not known.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: 'https://dev.classmethod.jp/articles/amazon-connect-ring-timeout-in-seconds/',
    confidence: 'inferred',
    howToCheck:
      'Call your own phone with RingTimeoutInSeconds 15 and no TrafficType; read the error, or count the seconds.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > may need campaign traffic for a ring time-out',
  },
  {
    id: 'ring-timeout-range-error',
    assumption: 'A RingTimeoutInSeconds outside 15–60 answers InvalidParameterException.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: START,
    confidence: 'inferred',
    howToCheck: 'Call StartOutboundVoiceContact with RingTimeoutInSeconds 5.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > refuses %s and places nothing',
  },
  {
    id: 'ring-timeout-default',
    assumption: 'Without RingTimeoutInSeconds a phone rings for 60 seconds.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: START,
    confidence: 'documented',
    howToCheck: 'Let your own phone ring.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-model.test.ts > rings for 60 seconds',
  },
  {
    id: 'attribute-limits',
    assumption: 'Attributes may have 32,768 UTF-8 bytes in all, and keys of A-Z a-z 0-9 _ - only.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: START,
    confidence: 'documented',
    howToCheck: 'Call StartOutboundVoiceContact with attributes above the limit.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > takes attributes of 32,768 bytes',
  },
  {
    id: 'attribute-limits-error',
    assumption: 'Attributes above the limits answer InvalidRequestException.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: START,
    confidence: 'inferred',
    howToCheck: 'Call StartOutboundVoiceContact with a space in an attribute key.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > refuses %s and places nothing',
  },
  {
    id: 'phone-number-errors',
    assumption:
      'A destination that is not an E.164 number, or a source number that the instance has not claimed, answers InvalidParameterException.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: START,
    confidence: 'inferred',
    howToCheck:
      'Call StartOutboundVoiceContact with DestinationPhoneNumber "09012345678", then with a source number that the instance has not claimed.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > refuses %s and places nothing',
  },
  {
    id: 'destination-countries',
    assumption:
      'A number in a country that the instance may not call is refused with DestinationNotAllowedException; the local instance may call Japan only.',
    madeIn: 'packages/sandbox/connect/outbound-request.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/country-code-allow-list.html',
    confidence: 'documented',
    howToCheck: 'Read the countries in the telephony settings of the instance.',
    checkedBy: 'abroad',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > refuses %s and places nothing',
  },
  {
    id: 'japanese-mobile-numbers',
    assumption:
      'An instance in Tokyo may call mobile numbers (070, 080, 090). The page says that they may not be allowed by default, and are enabled by a quota request.',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/country-code-allow-list.html',
    confidence: 'inferred',
    howToCheck: 'Call your own mobile phone before going live.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-outbound.test.ts > places a call',
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
    checkedBy: 'account',
    test: 'packages/sandbox/tests/connect-endpoint.test.ts > refuses an unknown queue',
  },
  {
    id: 'stop-ended-contact',
    assumption: 'StopContact for a voice contact that has ended answers ContactNotFoundException (410).',
    madeIn: 'packages/sandbox/connect/model.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_StopContact.html',
    confidence: 'documented',
    howToCheck: 'Stop a contact twice.',
    checkedBy: 'ring',
    test: 'packages/sandbox/tests/connect-model.test.ts > stops it %s',
  },
  {
    id: 'metrics-empty',
    assumption: 'With nobody logged in, GetCurrentMetricData returns an empty MetricResults list, not a zero.',
    madeIn: 'packages/sandbox/connect/current-metrics.ts',
    source: METRICS,
    confidence: 'documented',
    howToCheck: 'Ask for AGENTS_AVAILABLE of a queue with all agents offline.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/connect-endpoint.test.ts > has no results while nobody is logged in',
  },
  {
    id: 'metrics-lag',
    assumption:
      'The metrics lag by at most 15 seconds (in the simulation; those of the local stack do not lag). No figure is published for the API; real-time reports refresh every 15 seconds, queue metrics in a flow are 5 to 10 seconds old.',
    madeIn: 'packages/sandbox/connect/lagging-view.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/get-queue-metrics.html',
    confidence: 'inferred',
    howToCheck:
      'Ask for AGENTS_AVAILABLE every second while an agent changes status, and note when the number follows.',
    checkedBy: 'agent',
    test: 'packages/sandbox/tests/connect-centre.test.ts > show agents as they were so many seconds ago',
  },
  {
    id: 'metrics-available',
    assumption:
      'AGENTS_AVAILABLE counts, per queue, the agents who are available and have no contact. An agent of two queues counts in both.',
    madeIn: 'packages/sandbox/connect/current-metrics.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/metrics-definitions.html',
    confidence: 'documented',
    howToCheck: 'Log one agent in whose routing profile has two queues.',
    checkedBy: 'agent',
    test: 'packages/sandbox/tests/connect-endpoint.test.ts > counts the free agents of each queue',
  },
  {
    id: 'metrics-after-contact-work',
    assumption:
      'An agent in after-contact work is on contact and not available, and no longer on a call; AGENTS_AFTER_CONTACT_WORK counts these agents.',
    madeIn: 'packages/sandbox/connect/current-metrics.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/metrics-definitions.html',
    confidence: 'documented',
    howToCheck: 'Request the metrics while an agent has not yet closed the contact.',
    checkedBy: 'agent',
    test: 'packages/sandbox/tests/connect-centre.test.ts > can be a work of the agent after the call, which keeps the agent from the next',
  },
  {
    id: 'metrics-oldest-contact',
    assumption: 'OLDEST_CONTACT_AGE is in milliseconds without groupings and in seconds with them.',
    madeIn: 'packages/sandbox/connect/current-metrics.ts',
    source: METRICS,
    confidence: 'documented',
    howToCheck: 'Request it both ways while a contact waits.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/connect-endpoint.test.ts > knows who talks, who pauses and who waits',
  },
  {
    id: 'hours-whole-day',
    assumption: 'Hours that are open all day are returned as 00:00–00:00.',
    madeIn: 'packages/sandbox/connect/connect-queues.ts',
    source: 'https://github.com/aws-samples/amazon-connect-power-dialer',
    confidence: 'seen by others',
    howToCheck: 'Call GetEffectiveHoursOfOperations for the hours "Basic Hours" set to all day.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/connect-endpoint.test.ts > is open at any hour by default',
  },
  {
    id: 'hours-overrides',
    assumption:
      'EffectiveHoursOfOperationList has the overrides applied; EffectiveOverrideHoursList lists them separately, with OperationalStatus OPEN or CLOSED.',
    madeIn: 'packages/sandbox/connect/connect-queues.ts',
    source: HOURS,
    confidence: 'inferred',
    howToCheck: 'Call GetEffectiveHoursOfOperations for a day with an override.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/connect-centre.test.ts > replace those of the week, and none close the day',
  },
  {
    id: 'hours-override-without-hours',
    assumption:
      'An override with an empty list of hours, which the API allows, closes the day: the stack defines holidays this way.',
    madeIn: 'resources/made-queues.cjs',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateHoursOfOperationOverride.html',
    confidence: 'inferred',
    howToCheck: 'Call GetEffectiveHoursOfOperations for the next holiday of a stage with create.hours.',
    checkedBy: 'account',
    test: 'tests/packaging/made-by-the-stack.test.ts > have no hours on each day off from today on, by the calendar of Japan',
  },
  {
    id: 'hours-closed-day',
    assumption: 'A closed day is in the list with empty OperationalHours.',
    madeIn: 'packages/sandbox/connect/connect-queues.ts',
    source: HOURS,
    confidence: 'inferred',
    howToCheck: 'Call GetEffectiveHoursOfOperations for a week with a closed Sunday and a holiday override.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/connect-endpoint.test.ts > is never open where the queue is closed',
  },
  {
    id: 'error-header',
    assumption: 'The name of an error is in the header x-amzn-errortype, its text in the message field of the body.',
    madeIn: 'packages/sandbox/connect/endpoint.ts',
    source: 'https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html',
    confidence: 'documented',
    howToCheck: 'Call any operation with --debug and a wrong id.',
    checkedBy: 'account',
    test: 'packages/sandbox/tests/connect-endpoint.test.ts > refuses an unknown queue',
  },
  {
    id: 'permission-to-call',
    assumption:
      "StartOutboundVoiceContact is authorised on the instance or on a contact of it. The authorization reference names no resource type for it, which would mean '*' only; the role that AWS itself uses for outbound campaigns grants it on the instance (https://docs.aws.amazon.com/connect/latest/adminguide/connect-slr-outbound.html).",
    madeIn: 'resources/roles.cjs',
    source: AUTHORIZATION,
    confidence: 'inferred',
    howToCheck:
      'Deploy and place the first call to your own phone. On AccessDeniedException, follow access_denied in docs/runbook.md.',
    checkedBy: 'account',
    test: 'tests/packaging/roles-used.test.ts > allows each of its requests',
  },
  {
    id: 'permission-for-hours',
    assumption:
      'GetEffectiveHoursOfOperations is authorised on the hours of operation and on the instance, both of which the reference marks as required.',
    madeIn: 'resources/roles.cjs',
    source: AUTHORIZATION,
    confidence: 'documented',
    howToCheck:
      'Remove the instance from the role of the road function in a test account, and send a request: does it end as access_denied?',
    checkedBy: 'account',
    test: 'tests/packaging/roles-used.test.ts > allows each of its requests',
  },
  {
    id: 'permission-for-metrics',
    assumption:
      'GetCurrentMetricData that filters by queues is authorised on those queues. The reference also marks routing profiles as required, although the request names none: the roles allow all of the instance, because no call could be placed if AWS checks them.',
    madeIn: 'resources/roles.cjs',
    source: AUTHORIZATION,
    confidence: 'inferred',
    howToCheck:
      'Remove routing-profile/* from the role of the road function in a test account, and send a request: does it end as access_denied?',
    checkedBy: 'account',
    test: 'tests/packaging/roles-used.test.ts > is asked for each thing that AWS authorises the request on, but routing profiles',
  },
];
