import { describe, expect, it } from 'vitest';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { ended, heard, karteEvent, visitor } from './path-support.ts';

/** Lets the path place a call, changes the world before anybody answers, and waits for the end of the call. */
async function meanwhile(change: (stack: Stack) => void) {
  // It rings for at most 6 s, by when the call path is done.
  const stack = await startStack({ speed: 10, agents: 1, answer: 'by-hand' });
  try {
    const delivery = stack.put(karteEvent(visitor()));
    if (delivery.result !== 'started') throw new Error(`not started: ${delivery.because}`);
    await delivery.execution.done;
    change(stack);
    expect(stack.connect.answerCall(stack.connect.contacts()[0]?.id ?? '')).toBe(true);
    return await ended(stack, delivery.execution);
  } finally {
    await stack.close();
  }
}

const queueOfVisitors = (stack: Stack) => stack.service.stage.file.connect.queues.visitors ?? '';

describe('what changes between the check and the answer', () => {
  it.each<[string, (stack: Stack) => void, string]>([
    [
      'the queue closes',
      (stack) => stack.connect.updateQueue(queueOfVisitors(stack), { open: false }),
      'あいにく、ただいまは受付時間外のため、オペレーターにおつなぎできません。',
    ],
    [
      'the last agent leaves',
      (stack) => {
        for (const { id } of stack.connect.agents()) stack.connect.setAgentStatus(id, 'offline');
      },
      'あいにく、ただいま対応できるオペレーターがおりません。',
    ],
    [
      'the queue fills up',
      (stack) => stack.connect.updateQueue(queueOfVisitors(stack), { maxContacts: 0 }),
      'あいにく、ただいまお電話が大変混み合っております。',
    ],
  ])('is told to the customer in Japanese: %s', async (_, change, apology) => {
    // Act
    const { contact } = await meanwhile(change);
    // Assess
    expect(heard(contact).slice(-3)).toEqual([
      apology,
      'こちらからお電話を差し上げたにもかかわらず、誠に申し訳ございません。恐れ入りますが、ウェブサイトよりあらためてお申し込みください。',
      '失礼いたします。',
    ]);
    expect(contact).toMatchObject({ state: 'ended', disconnectReason: 'CONTACT_FLOW_DISCONNECT' });
    expect(contact?.agentId).toBeUndefined();
  });
});
