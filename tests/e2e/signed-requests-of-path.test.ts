import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issueCallToken } from '../../domain/call-signature.ts';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { karteEvent, MANY_AGENTS, NO_LIMITS, send, visitor } from './path-support.ts';

const PHONE = '+819012345678';
const CURRENT = 'the key that signs now, of 32 bytes and more';
const PREVIOUS = 'the key that signed before, of 32 bytes and more';
const SECRET = 'signing-keys';

let stack: Stack;
let tokens = 0;

/** A token as the firm's back end issues it. */
function issue({ key = CURRENT, phone = PHONE, inSeconds = 600, nonce = '' } = {}): Promise<string> {
  tokens += 1;
  return issueCallToken({
    phone,
    expiresAt: new Date(Date.now() + inSeconds * 1000),
    nonce: nonce || `nonce-of-this-test-${tokens}`,
    key,
  });
}

async function ending(call_token?: string) {
  const { record, contact } = await send(stack, karteEvent(visitor({ call_token })));
  expect(JSON.stringify(contact?.attributes ?? {})).not.toContain('call_token');
  return `${record.outcome}: ${record.reason}`;
}

describe('a stage that requires signatures', () => {
  beforeAll(async () => {
    stack = await startStack({
      speed: 200,
      agents: MANY_AGENTS,
      settings: { ...NO_LIMITS, signature: { mode: 'required', secretName: SECRET } },
      secrets: { [SECRET]: JSON.stringify({ current: CURRENT, previous: PREVIOUS }) },
    });
  });
  afterAll(async () => {
    const logs = stack.functions.logs().join('\n');
    await stack.close();
    expect(logs).not.toMatch(/v1\.\d{10}\./);
  });

  it.each([
    ['the key of now', {}],
    ['the key of before', { key: PREVIOUS }],
  ])('calls a number that was signed with %s', async (_, options) => {
    expect(await ending(await issue(options))).toBe('completed: agent_connected');
  });

  it.each<[string, () => Promise<string | undefined>, string]>([
    ['no token', async () => undefined, 'missing'],
    ['something else', async () => 'v1.1.2.3', 'malformed'],
    ['a token for another number', () => issue({ phone: '+815012345678' }), 'wrong'],
    ['a token of another key', () => issue({ key: 'a key that nobody of this stage ever had' }), 'wrong'],
    ['an old token', () => issue({ inSeconds: -1 }), 'expired'],
  ])('refuses %s', async (_, token, reason) => {
    expect(await ending(await token())).toBe(`signature_refused: ${reason}`);
  });

  it('takes a token once, but every delivery of its own request', async () => {
    // Prepare
    const call_token = await issue();
    const event = karteEvent(visitor({ call_token }));
    const before = stack.connect.contacts().length;
    // Act
    const first = await send(stack, event);
    const redelivered = await send(stack, event);
    const used = await send(stack, karteEvent(visitor({ call_token })));
    // Assess
    expect(first.record.outcome).toBe('completed');
    expect(redelivered.execution.output).toMatchObject({ outcome: 'duplicate' });
    expect(used.record).toMatchObject({ outcome: 'signature_refused', reason: 'already_used' });
    expect(stack.connect.contacts().length - before).toBe(1);
  });
});
