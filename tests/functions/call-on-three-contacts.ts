import { CONTACT_ID, OTHER_QUEUE_ID, QUEUE_ID } from './function-support.ts';
import { at, event, iso, PLACED, prepareCall, SECOND, THIRD } from './placed-call-world.ts';

export type Event = ReturnType<typeof event>;

const arnOf = (queueId: string) => `arn:aws:connect:ap-northeast-1:000000000000:instance/example/queue/${queueId}`;
const secondOf = {
  contactId: SECOND,
  initialContactId: CONTACT_ID,
  previousContactId: CONTACT_ID,
  initiationMethod: 'QUEUE_TRANSFER',
};
const thirdOf = {
  contactId: THIRD,
  initialContactId: CONTACT_ID,
  previousContactId: SECOND,
  initiationMethod: 'TRANSFER',
};

/** Answered, in a queue, handed to another one, taken by an agent, who hands it to another one; over. */
export const CALL: readonly Event[] = [
  event('CONNECTED_TO_SYSTEM', 9, { connectedToSystemTimestamp: iso(8) }),
  event('QUEUED', 21, { queueInfo: { queueArn: arnOf(QUEUE_ID), enqueueTimestamp: iso(20) } }),
  event('DISCONNECTED', 41, { disconnectTimestamp: iso(40), nextContactId: SECOND }),
  event('INITIATED', 41, { ...secondOf, initiationTimestamp: iso(40) }),
  event('QUEUED', 42, { ...secondOf, queueInfo: { queueArn: arnOf(OTHER_QUEUE_ID), enqueueTimestamp: iso(40) } }),
  event('CONNECTED_TO_AGENT', 51, { ...secondOf, agentInfo: { connectedToAgentTimestamp: iso(50) } }),
  event('INITIATED', 96, { ...thirdOf, initiationTimestamp: iso(95) }),
  event('CONNECTED_TO_AGENT', 99, { ...thirdOf, agentInfo: { connectedToAgentTimestamp: iso(98) } }),
  event('DISCONNECTED', 101, { ...secondOf, disconnectTimestamp: iso(100), disconnectReason: 'AGENT_DISCONNECT' }),
  event('COMPLETED', 130, { ...secondOf, disconnectTimestamp: iso(100), disconnectReason: 'AGENT_DISCONNECT' }),
  event('DISCONNECTED', 301, { ...thirdOf, disconnectTimestamp: iso(300), disconnectReason: 'CUSTOMER_DISCONNECT' }),
  event('COMPLETED', 330, { ...thirdOf, disconnectTimestamp: iso(300), disconnectReason: 'CUSTOMER_DISCONNECT' }),
];

/** Numbers that a seed alone decides. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** In an order that a seed alone decides. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const random = mulberry(seed);
  const left = [...items];
  return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0] as T);
}

/** A call whose end Amazon Connect describes, too. */
export async function prepareThree(linked = true) {
  const world = await prepareCall({ linked });
  world.centre.contacts = {
    [CONTACT_ID]: { answeredAt: at(8), queuedAt: at(20), queueId: QUEUE_ID, endedAt: at(40) },
    [SECOND]: {
      queuedAt: at(40),
      queueId: OTHER_QUEUE_ID,
      agentAt: at(50),
      endedAt: at(100),
      reason: 'AGENT_DISCONNECT',
    },
    [THIRD]: { agentAt: at(98), endedAt: at(300), reason: 'CUSTOMER_DISCONNECT', attributes: { satisfied: 'yes' } },
  };
  return world;
}

export const ENDED = {
  ...PLACED,
  ...{ outcome: 'completed', class: 'reached', reason: 'agent_connected' },
  ...{ answeredAt: iso(8), queuedAt: iso(20), agentAt: iso(50), endedAt: iso(300), agentMissed: true },
  ...{ hungUpBy: 'customer', disconnectReason: 'CUSTOMER_DISCONNECT', flowAttributes: { satisfied: 'yes' } },
  transferredTo: [SECOND, THIRD],
};
