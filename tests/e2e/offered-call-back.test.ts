import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Contact } from '../../packages/sandbox/connect/contact.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import {
  agentComes,
  heard,
  inLine,
  karteEvent,
  NO_LIMITS,
  otherVisitor,
  start,
  until,
  WITH_BRITAIN,
} from './path-support.ts';

const isOffer = (text: string) => text.includes('折り返しのお電話をご希望の場合は');

let stack: Stack;
/** What the customer presses at each offer; anyone who has nothing more presses nothing. */
let presses: (string | undefined)[] = [];

/** Answers each offer once, when it is heard. */
function press(contact: Contact): void {
  const offers = heard(contact).filter(isOffer).length;
  if (contact.keysAsked === undefined || offers === 0 || presses.length < offers) return;
  const key = presses[offers - 1];
  presses[offers - 1] = undefined;
  if (key !== undefined) queueMicrotask(() => stack.connect.pressKey(contact.id, key));
}

beforeAll(async () => {
  stack = await startStack({
    speed: 100,
    agents: 1,
    answer: 'by-hand',
    talkSeconds: 1_000_000,
    onContact: press,
    settings: {
      // Nobody gives up waiting in the line: that would take 36 s.
      request: { ...WITH_BRITAIN.request, maxAgeSeconds: 3_600 },
      limits: { ...NO_LIMITS.limits, coolDownSeconds: 600 },
      offerCallBack: { afterSeconds: 30, callWithinSeconds: 3_600 },
    },
  });
});

afterAll(async () => {
  await stack.close();
});

/** The call to a phone, once it rings. */
async function callTo(phone: string): Promise<Contact> {
  const ringing = () => stack.connect.contacts().find((one) => one.destination === phone && one.state === 'ringing');
  await until(ringing);
  const call = ringing();
  if (!call) throw new Error('it rings no more');
  return call;
}

/** Calls from outside take every agent who is free. */
function keepAgentsBusy(agents: number): void {
  const queueId = stack.service.stage.file.connect.queues.visitors ?? '';
  for (let call = 0; call < agents; call += 1) stack.connect.callIn({ queueId });
}

it('a customer who waits long presses 1, hangs up, and is called in turn, with no offer any more', async () => {
  // Prepare: the agent who was free is busy when the customer answers, who presses nothing, then 5, then 1.
  presses = [undefined, '5', '1'];
  const first = otherVisitor(1, { track_id: '48291532' });
  const execution = start(stack, karteEvent(first));
  const call = await callTo(first.phone_e164);
  keepAgentsBusy(1);

  // Act: at once, as nobody lets a phone ring for ever.
  stack.connect.answerCall(call.id);
  await execution.done;
  const { requestId } = execution.output as { requestId: string };
  await until(async () => (await stack.record(requestId))?.reason === 'wants_call_back');
  const offered = stack.connect.contact(call.id);
  start(stack, karteEvent(otherVisitor(2)));
  await inLine(stack, 1);
  await stack.runScheduled('sweepCalls');
  const line = await inLine(stack, 2);
  presses = [];
  for (let agent = 0; agent < 3; agent += 1) agentComes(stack);
  const calledBack = await callTo(first.phone_e164);
  // Nobody is free again, and however long the customer waits, no call is offered.
  keepAgentsBusy(3);
  stack.connect.answerCall(calledBack.id);

  // Assess
  const words = heard(offered);
  expect(words.filter(isOffer)).toHaveLength(3);
  expect(words.slice(-2)).toEqual([
    '折り返しのお電話を承りました。受付時間内に、オペレーターの手が空き次第、こちらからお電話いたします。',
    '失礼いたします。',
  ]);
  expect(await stack.record(requestId)).toMatchObject({
    ...{ outcome: 'abandoned', triedAgainAs: `${requestId}.try2`, disconnectReason: 'CONTACT_FLOW_DISCONNECT' },
  });
  expect(line[0]).toMatchObject({ requestId: `${requestId}.try2` });
  expect(calledBack.attributes).toMatchObject({ track_id: '48291532', request_id: `${requestId}.try2` });

  const again = '順番におつなぎしておりますので';
  await until(() => heard(stack.connect.contact(calledBack.id)).filter((text) => text.includes(again)).length > 3);
  expect(heard(stack.connect.contact(calledBack.id)).filter(isOffer)).toEqual([]);
  stack.connect.hangUp(calledBack.id);
  await until(async () => (await stack.record(`${requestId}.try2`))?.reason === 'in_queue');
  await stack.runScheduled('sweepCalls');
  expect((await stack.record(`${requestId}.try2`))?.triedAgainAs).toBeUndefined();
});
