import { afterEach, describe, expect, it } from 'vitest';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import type { StageOverrides } from '../../resources/load-stage.ts';
import {
  BY_TEST,
  inLine,
  karteEvent,
  NO_LIMITS,
  NUMBER_FORMS,
  otherVisitor,
  send,
  start,
  visitor,
  WITH_BRITAIN,
} from './path-support.ts';

let stack: Stack;

const up = async (settings: StageOverrides, agents = 5) => {
  stack = await startStack({ speed: 200, agents, settings: { ...WITH_BRITAIN, ...settings } });
};

afterEach(async () => {
  const { logs } = stack.functions;
  await stack.close();
  expect(logs().filter((line) => NUMBER_FORMS.test(line) || /1134960/.test(line))).toEqual([]);
});

/** What became of a request, in short. */
async function ending(content: unknown) {
  const { record, execution } = await send(stack, karteEvent(content));
  // Refusals are the customer's side: nobody is alarmed.
  expect(execution.status).toBe('SUCCEEDED');
  return `${record.outcome}: ${record.reason}`;
}

const PLACED = 'completed: agent_connected';

describe('a number on the list', () => {
  it.each([
    ['blocked', 'number_blocked: blocked'],
    ['opted_out', 'number_blocked: opted_out'],
  ] as const)('%s is not called, until it is taken off', async (kind, refusal) => {
    // Prepare
    await up(NO_LIMITS);
    await stack.controls.block({ phone: '+819012345678', kind, ...BY_TEST });
    // Act and assess
    expect(await ending(visitor())).toBe(refusal);
    expect(await ending(visitor({ phone_e164: '+815012345678' }))).toBe(PLACED);
    await stack.controls.unblock('+819012345678', BY_TEST);
    expect(await ending(visitor({ phone_e164: '０９０ー１２３４ー５６７８' }))).toBe(PLACED);
    expect(stack.connect.contacts()).toHaveLength(2);
  });
});

describe('one telephone number', () => {
  it('that was called is not called again within the cool-down, another one is', async () => {
    await up({ limits: { coolDownSeconds: 600 } });
    expect(await ending(visitor())).toBe(PLACED);
    expect(await ending(visitor({ phone_e164: '090-1234-5678' }))).toBe('number_held: cool_down');
    expect(await ending(otherVisitor(1))).toBe(PLACED);
  });

  it('has one live request', async () => {
    await up(NO_LIMITS, 0);
    start(stack, karteEvent(visitor()));
    await inLine(stack, 1);
    expect(await ending(visitor())).toBe('number_held: live_request');
  });

  it('can be called again when its request ended without a call', async () => {
    await up({ request: { ...WITH_BRITAIN.request, maxAgeSeconds: 60 } }, 0);
    expect(await ending(visitor())).toBe('no_agents_available: waited_in_vain');
    expect(await ending(visitor())).toBe('no_agents_available: waited_in_vain');
  });
});

describe('a limit of the stage', () => {
  it('of calls to one number in a day', async () => {
    await up({ ...NO_LIMITS, limits: { ...NO_LIMITS.limits, callsPerNumberPerDay: 2 } });
    expect(await ending(visitor())).toBe(PLACED);
    expect(await ending(visitor())).toBe(PLACED);
    expect(await ending(visitor())).toBe('limit_reached: number_per_day');
    expect(await ending(otherVisitor(1))).toBe(PLACED);
  });

  it('of calls in a day, which a person changes at run time', async () => {
    await up({ limits: { callsPerDay: 2 } });
    expect(await ending(otherVisitor(1))).toBe(PLACED);
    expect(await ending(otherVisitor(2))).toBe(PLACED);
    expect(await ending(otherVisitor(3))).toBe('limit_reached: calls_per_day');
    await stack.controls.setLimits({ callsPerDay: 3 }, BY_TEST);
    expect(await ending(otherVisitor(3))).toBe(PLACED);
    await stack.controls.setLimits({}, BY_TEST);
    expect(await ending(otherVisitor(4))).toBe('limit_reached: calls_per_day');
  });

  it('of calls counts no request that was not called', async () => {
    await up({ limits: { callsPerDay: 1 } });
    const { queues } = stack.service.stage.file.connect;
    stack.connect.updateQueue(queues.members ?? '', { enabled: false });
    expect(await ending(otherVisitor(1, { user_type: 'member' }))).toBe('queue_disabled: disabled');
    expect(await ending(otherVisitor(2))).toBe(PLACED);
  });

  it('of requests in a minute', async () => {
    await up({ limits: { requestsPerMinute: 1 } });
    // Three requests fall into two minutes at most.
    const endings = [await ending(otherVisitor(1)), await ending(otherVisitor(2)), await ending(otherVisitor(3))];
    expect(endings[0]).toBe(PLACED);
    expect(endings).toContain('limit_reached: requests_per_minute');
  });

  it('of calls at once lets the others wait until a call is over', async () => {
    // Prepare
    await up({ request: { ...WITH_BRITAIN.request, maxAgeSeconds: 3600 }, limits: { maxConcurrentCalls: 1 } });
    // Act
    const executions = [1, 2].map((index) => start(stack, karteEvent(otherVisitor(index))));
    await Promise.all(executions.map(({ done }) => done));
    await stack.idle();
    // Assess
    const [first, second, ...more] = stack.connect.contacts();
    expect(more).toEqual([]);
    expect(Date.parse(second?.initiatedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.endedAt ?? ''));
    const waited = executions.filter(({ states }) => states.some(({ name }) => name === 'WaitForAgent'));
    expect(waited).toHaveLength(1);
  });
});

describe('a destination the stage does not want', () => {
  it.each<[string, StageOverrides, string, string]>([
    ['another prefix', { request: { allowedPrefixes: ['+8190'] } }, '+815012345678', 'prefix_not_allowed'],
    ['a refused prefix', { request: { refusedPrefixes: ['+8150'] } }, '+815012345678', 'prefix_refused'],
    [
      'a kind of number',
      { request: { countries: ['JP', 'GB'], numberTypes: ['mobile'] } },
      '+441134960123',
      'type_not_allowed',
    ],
    ['a country', { request: { countries: ['JP'] } }, '+441134960001', 'country_not_allowed'],
  ])('is refused: %s', async (_, settings, phone, reason) => {
    await up({ ...NO_LIMITS, ...settings });
    expect(await ending(visitor({ phone_e164: phone }))).toBe(`number_refused: ${reason}`);
    expect(await ending(visitor())).toBe(PLACED);
  });
});

describe('a signature that is missing', () => {
  it('keeps nobody from being called while the stage only tries signatures out, and is logged', async () => {
    const secrets = { keys: JSON.stringify({ current: 'a key that signs, of 32 bytes and more' }) };
    stack = await startStack({ speed: 200, settings: { signature: { mode: 'warn', secretName: 'keys' } }, secrets });
    expect(await ending(visitor())).toBe(PLACED);
    expect(stack.functions.logs().join('\n')).toContain('signature would be refused');
  });
});
