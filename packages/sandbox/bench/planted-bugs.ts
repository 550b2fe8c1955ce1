import type { Patch } from './patched-copy.ts';

/** A mistake that somebody could make, planted to see whether the bench detects it. */
export interface PlantedBug {
  /** Bugs with the same number are variants of one mistake. */
  number: number;
  planted: string;
  patches: readonly Patch[];
  /** Why the bug alone does no harm. It is then planted once more, together with a bug in what catches it. */
  heldBy?: string;
  /** Why a simulation cannot see it. */
  outside?: string;
}

const patch = (file: string, find: string, replace: string): Patch => ({ file, find, replace });

const BOOK = 'adapters/shared-state/appointment-book.ts';
const CLAIM = 'adapters/calls-table.ts';
const LEASE = 'domain/call-lease.ts';
const LEASES = 'adapters/shared-state/call-leases.ts';
const OWN = 'domain/own-request.ts';
const PHONES = 'adapters/shared-state/phone-leases.ts';
const START_CALL = 'functions/start-call.ts';
const SETTLE = 'functions/settle-execution.ts';
const CHAIN = 'domain/contact-chain.ts';
const CLAIM_REQUEST = 'functions/claim-request.ts';
const FOLLOW = 'functions/shared/follow-call.ts';
const LOOK_AFTER = 'functions/shared/look-after-calls.ts';
const RECORD = 'functions/record-outcome.ts';
const TRACK = 'functions/track-contact.ts';
const SERVE_LINES = 'functions/shared/serve-lines.ts';
const STATE_MACHINE = 'statemachines/call-request.asl.json';

const START_CALL_IGNORES_STOP = patch(
  START_CALL,
  'Ending | undefined = controls.stopped',
  'Ending | undefined = false',
);
const LINE_IGNORES_STOP = patch(SERVE_LINES, 'if (stopped) return', 'if (false) return');
const RECORD_ONCE = patch(STATE_MACHINE, '"MaxAttempts": 10,', '"MaxAttempts": 0,');

/** Each is planted alone. The search text is short, so that it is still there when the code around it changes. */
export const PLANTED_BUGS: readonly PlantedBug[] = [
  {
    number: 1,
    planted: 'startCall does not look at the block list',
    patches: [patch(START_CALL, ': blocked\n', ': false\n')],
  },
  {
    number: 2,
    planted: 'a new client token at every attempt',
    patches: [patch('adapters/connect.ts', 'ClientToken: call.clientToken', 'ClientToken: crypto.randomUUID()')],
  },
  {
    number: 3,
    planted: 'the claim has no condition',
    patches: [patch(CLAIM, ':claimed)`', ':claimed) OR attribute_exists(requestId)`')],
  },
  {
    number: 4,
    planted: 'a limit counter lets one too many through',
    patches: [patch(PHONES, "':max': maxPerDay,", "':max': maxPerDay + 1,")],
  },
  {
    number: 5,
    planted: 'one call more than there are agents',
    patches: [patch(LEASE, 'if (heldAgents > agents)', 'if (heldAgents > agents + 1)')],
  },
  {
    number: 5,
    planted: 'one call more than there are lines',
    patches: [patch(LEASE, 'heldLines > lines ?', 'heldLines > lines + 1 ?')],
  },
  {
    number: 6,
    planted: 'recordOutcome gives nothing back',
    patches: [patch(RECORD, 'if (holdsGuards && isMine &&', 'if (false &&')],
  },
  {
    number: 7,
    planted: 'turns reserve nothing after idleness',
    patches: [patch('adapters/shared-state/turns.ts', "':next': floor + interval", "':next': floor")],
  },
  {
    number: 8,
    planted: 'a throttled StartCall goes to RecordOutcome instead of a later turn',
    patches: [
      patch(STATE_MACHINE, '"ResultPath": "$.tooMany"', '"ResultPath": "$.failed.StartCall"'),
      patch(STATE_MACHINE, '"Next": "TakeLaterTurn"', '"Next": "RecordOutcome"'),
    ],
  },
  {
    number: 9,
    planted: 'the release function serves nobody',
    patches: [patch('functions/release-waiting.ts', 'await serveLines(dependencies)', '0')],
  },
  {
    number: 10,
    planted: 'last come, first served: between queues',
    patches: [patch(SERVE_LINES, 'cameBefore(place, oldest.place)', 'cameBefore(oldest.place, place)')],
  },
  {
    number: 10,
    planted: 'last come, first served: within a queue',
    patches: [patch(SERVE_LINES, '!late.includes(waiter)) };', '!late.includes(waiter)).reverse() };')],
  },
  {
    number: 11,
    planted: 'settleExecution gives nothing back',
    patches: [patch(SETTLE, 'else await giveBackEverything(', 'else if (false) await giveBackEverything(')],
  },
  {
    number: 12,
    planted: 'startCall does not look at the emergency stop',
    patches: [START_CALL_IGNORES_STOP],
  },
  {
    number: 13,
    planted: 'the emergency stop is ignored for those who wait',
    heldBy: 'startCall looks at it, too',
    patches: [LINE_IGNORES_STOP],
  },
  {
    number: 13,
    planted: 'the emergency stop is ignored for those who wait, and by startCall',
    patches: [LINE_IGNORES_STOP, START_CALL_IGNORES_STOP],
  },
  {
    number: 14,
    planted: 'the reading of free agents is shared for 60 s',
    patches: [patch('functions/shared/connect-readings.ts', 'AGENTS_MAX_AGE_MS = 2_000', 'AGENTS_MAX_AGE_MS = 60_000')],
  },
  {
    number: 15,
    planted: 'an unanswered attempt is forgotten',
    patches: [patch(START_CALL, 'earlier.unanswered || leavesCallUnknown(error)', 'false')],
  },
  {
    number: 16,
    planted: "giving back a number takes another request's hold",
    patches: [
      patch(
        PHONES,
        "ConditionExpression: 'requestId = :me AND attribute_not_exists(formerId)',",
        "ConditionExpression: '(requestId = :me OR requestId <> :me) AND attribute_not_exists(formerId)',",
      ),
    ],
  },
  {
    number: 17,
    planted: 'TTL in milliseconds',
    outside: 'nothing there expires by its TTL',
    patches: [patch('adapters/dynamodb.ts', 'Math.ceil(Number(at) / 1000)', 'Math.ceil(Number(at))')],
  },
  {
    number: 18,
    planted: 'startCall does not look at the deadline',
    patches: [patch(START_CALL, 'now() > new Date(request.deadlineAt)', 'false')],
  },
  {
    number: 19,
    planted: 'RecordOutcome is not retried',
    heldBy: 'settleExecution heals it',
    patches: [RECORD_ONCE],
  },
  {
    number: 19,
    planted: 'RecordOutcome is not retried, and settleExecution settles nothing',
    patches: [RECORD_ONCE, patch(SETTLE, 'if (!ended) return', 'if (ended || !ended) return')],
  },
  {
    number: 20,
    planted: 'a missing line keeps the agent',
    patches: [
      patch(
        LEASES,
        '      if (missing) {\n        await',
        "      if (missing) {\n        if (missing === 'agent') await",
      ),
    ],
  },
  {
    number: 21,
    planted: "an attempt of checkQueue that was given up gives back what its repetition's call holds",
    patches: [patch('functions/check-queue.ts', 'if (!mayHaveRung(record.outcome)) {', 'if (true) {')],
  },
  {
    number: 22,
    planted: 'trackContact ignores the contacts of transfers',
    patches: [patch(TRACK, 'if (rootId === undefined) return', 'if (rootId !== contactId) return')],
  },
  {
    number: 23,
    planted: 'a call ends with its first contact',
    patches: [
      patch(
        CHAIN,
        'known.length > 0 && alive.length === 0 && awaited.length === 0',
        'contacts.get(rootId)?.endedAt !== undefined',
      ),
    ],
  },
  {
    number: 24,
    planted: 'RecordOutcome gives back the number of a call',
    patches: [
      patch(
        RECORD,
        'await keepNumber(request, ending.outcome, heldUntil, { stage, shared, now })',
        'await giveBackEverything({ ...request, queueId: undefined }, { shared, room })',
      ),
    ],
  },
  {
    number: 25,
    planted: 'the cool-down counts from the start of the call',
    patches: [
      patch(
        FOLLOW,
        'pauseNumber(end.endedAt ?? now()',
        'pauseNumber(told.chain.contacts.get(rootId)?.startedAt ?? now()',
      ),
    ],
  },
  {
    number: 26,
    planted: 'a call that nobody answered cools down like any other',
    patches: [patch(FOLLOW, 'neverAnswered ? limits.missedPauseSeconds : ', '')],
  },
  {
    number: 27,
    planted: 'calls that nobody answered have no limit',
    patches: [patch(CLAIM_REQUEST, 'maxTriesPerDay: limits.triesPerNumberPerDay', 'maxTriesPerDay: null')],
  },
  {
    number: 28,
    planted: 'a call that nobody answered counts as a call',
    patches: [patch(PHONES, "neverAnswered ? ['#tries', '#day'] : ", '')],
  },
  {
    number: 29,
    planted: 'what follows from less is written over what follows from more',
    patches: [
      patch(
        PHONES,
        "'(attribute_not_exists(seen) OR seen <= :version)'",
        "'(attribute_not_exists(seen) OR seen <> :cooling OR seen <= :version)'",
      ),
      patch(
        LEASES,
        '(attribute_not_exists(seen) OR seen <= :version)',
        '(attribute_not_exists(seen) OR seen > :version OR seen <= :version)',
      ),
      patch(
        CLAIM,
        '(attribute_not_exists(seen) OR seen <= :version)',
        '(attribute_not_exists(seen) OR seen > :version OR seen <= :version)',
      ),
    ],
  },
  {
    number: 30,
    planted: 'sweepCalls looks after nobody',
    patches: [patch('functions/sweep-calls.ts', '[lookAfterAll(started), ', '[0, ')],
  },
  {
    number: 31,
    planted: 'a call of which no event came is lost, although Amazon Connect would tell',
    patches: [
      patch(
        LOOK_AFTER,
        'const seen = await askAbout(',
        'const seen = chain.contacts.size === 1 && !isOver ? undefined : await askAbout(',
      ),
    ],
  },
  {
    number: 32,
    planted: 'nobody asks whose contact it is',
    patches: [patch(TRACK, 'found.isOneUnknown && told', 'false && told')],
  },
  {
    number: 33,
    planted: 'an execution that was settled calls all the same, redriven or late',
    patches: [patch(CLAIM, '${OWNED} AND #status <> :ended`', '${OWNED} AND (#status <> :ended OR #status = :ended)`')],
  },
  {
    number: 34,
    planted: 'a call that was thought to be over does not get its line back',
    patches: [patch(LEASES, "${goesOn ? '' : '", "${goesOn ? 'lineUntil > :version AND ' : '")],
  },
  {
    number: 35,
    planted: 'the result of a call is taken from its first contact',
    patches: [patch(CHAIN, "earliest(known, 'agentAt')", 'contacts.get(rootId)?.agentAt')],
  },
  {
    number: 36,
    planted: 'the agent is given away when the customer answers',
    patches: [patch(LEASE, 'counts ? Math.max(seenUntil, at + CALL_SETUP_MS) : seenUntil', 'seenUntil')],
  },
  {
    number: 37,
    planted: 'the agent is held until the end of the call',
    patches: [patch(LEASE, 'endedAt === undefined && life.wantsAgent && ', 'endedAt === undefined && ')],
  },
  {
    number: 38,
    planted: 'the line is given away when an agent has the call',
    patches: [
      patch(LEASE, 'endedAt === undefined ? signOfLife', 'endedAt === undefined && agentAt === undefined ? signOfLife'),
    ],
  },
  {
    number: 39,
    planted: 'a call is over when no contact is known that goes on',
    patches: [patch(FOLLOW, '(life.reason === undefined || mayGoOn(life))', 'false')],
  },
  {
    number: 40,
    planted: 'a call of which nothing tells is never given up',
    patches: [patch(LOOK_AFTER, 'else if (isLost) await giveUpCall', 'else if (false) await giveUpCall')],
  },
  {
    number: 41,
    planted: 'no sign of a call keeps its number for longer',
    patches: [patch(FOLLOW, 'isOurs && record?.phone !== undefined ? phones', 'false ? phones')],
  },
  {
    number: 42,
    planted: 'no sign of a call keeps its line and its agent for longer',
    patches: [patch(FOLLOW, 'holdLease(),\n        isOurs', 'isOurs')],
  },
  {
    number: 43,
    planted: 'what the contact flow said of the end is not heard',
    patches: [patch('domain/call-outcome.ts', 'life.result === NO_KEY_PRESSED', 'false')],
  },
  {
    number: 44,
    planted: 'a slot has one place more',
    patches: [patch(BOOK, 'size(#slot) < :most', 'size(#slot) <= :most')],
  },
  {
    number: 45,
    planted: 'an appointment is called when it is made',
    patches: [
      patch(STATE_MACHINE, '"TimestampPath": "$.appointment.breakAt"', '"TimestampPath": "$.request.bookedAt"'),
      patch(STATE_MACHINE, '"TimestampPath": "$.appointment.dueAt"', '"TimestampPath": "$.request.bookedAt"'),
    ],
  },
  {
    number: 46,
    planted: 'an appointment whose execution is aborted keeps its slot',
    patches: [patch('functions/shared/give-back.ts', 'callAt === undefined || phone', 'true || phone')],
  },
  {
    number: 47,
    planted: 'a call is tried again after a talk',
    patches: [
      patch(OWN, 'life.agentAt !== undefined || before.because', 'before.because'),
      patch(OWN, 'if (life.answeredAt !== undefined || life.queuedAt !== undefined) return', 'if (false) return'),
      patch(OWN, 'outcome !== undefined && wasNeverAnswered(outcome)', 'outcome !== undefined'),
    ],
  },
  {
    number: 48,
    planted: 'a further try is called when it is asked for',
    patches: [patch(STATE_MACHINE, '"TimestampPath": "$.notBefore"', '"TimestampPath": "$.request.requestedAt"')],
  },
  {
    number: 49,
    planted: 'a further try goes out although calling was stopped since',
    patches: [
      patch('functions/shared/why-not-once-more.ts', "own.because === 'not_reached' && stopped", 'false && stopped'),
    ],
  },
];
