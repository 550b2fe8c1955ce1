import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { karteEvent, NUMBER_FORMS, otherVisitor, visitor, WITH_BRITAIN } from '../../../tests/e2e/path-support.ts';
import { operatorFile } from '../board/operator/operator-page.ts';
import { requestsWithNumber } from '../board/operator/operator-requests.ts';
import type { Stack } from '../stack.ts';
import { startStack } from '../start-stack.ts';
import { ask } from './board-support.ts';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack({ speed: 1_000, agents: 1, settings: WITH_BRITAIN });
});

afterAll(() => stack.close());

describe('what an operator learns of an inquiry number', () => {
  it('is the request with its way, however the number is typed, and nothing of another', async () => {
    // Prepare
    const delivery = stack.put(karteEvent(visitor({ track_id: '48291532' })));
    if (delivery.result !== 'started') throw new Error(delivery.result);
    await stack.idle();
    // Act
    const answer = await ask(`${stack.url}/operator/requests?number=${encodeURIComponent('４８２９ー１５３２')}`);
    // Assess
    const { timeZone, requests } = JSON.parse(answer.text);
    expect(timeZone).toBe('Asia/Tokyo');
    expect(requests).toMatchObject([{ outcome: 'completed', userType: 'visitor', record: { trackId: '48291532' } }]);
    expect(answer.text).not.toMatch(NUMBER_FORMS);
    expect((await requestsWithNumber(stack, '4829-1523')).requests).toEqual([]);
    expect((await requestsWithNumber(stack, 'visitor')).requests).toEqual([]);
  });

  it('is there before anything is recorded, and is the latest first where a number was sent twice', async () => {
    // Prepare
    for (const agent of stack.connect.agents()) stack.connect.setAgentStatus(agent.id, 'break');
    const delivery = stack.put(karteEvent(otherVisitor(1, { track_id: '48291532' })));
    // Act
    const { requests } = await requestsWithNumber(stack, '48291532');
    // Assess
    expect(requests.map(({ status }) => status)).toEqual(['RUNNING', 'SUCCEEDED']);
    if (delivery.result === 'started') await stack.stateMachine.abort(delivery.execution.name);
  });
});

it('the page as one file runs what is in it, and reaches nothing', async () => {
  const html = await operatorFile();
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html) ?? [];
  for (const tag of ['script', 'style']) {
    const [, inside = ''] = new RegExp(`<${tag}>(.+?)</${tag}>`, 's').exec(html) ?? [];
    expect(inside).not.toBe('');
    expect(policy).toContain(`${tag}-src 'sha256-${createHash('sha256').update(inside).digest('base64')}'`);
  }
  expect(policy).toMatch(/^default-src 'none'; /);
  expect(html).not.toMatch(/<link|\ssrc=|fetch\(/);
});
