import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Stack } from '../../packages/sandbox/stack.ts';
import { startStack } from '../../packages/sandbox/start-stack.ts';
import { commandHere } from '../run-command.ts';
import { karteEvent, send, visitor } from './path-support.ts';

let stack: Stack;
let contactId: string;
let requestId: string;

beforeAll(async () => {
  stack = await startStack({ speed: 200, agents: 10 });
  const { record } = await send(stack, karteEvent(visitor({ track_id: 'A7K2' })));
  ({ requestId, contactId = '' } = record);
});
afterAll(() => stack.close());

const calls = (...args: string[]) => commandHere('calls', args, { env: { PORT: new URL(stack.url).port } });

describe('npm run calls -- show', () => {
  it.each(['A7K2', 'a7k2', 'Ａ７Ｋ２'])('finds the inquiry number that the list shows, written %s', async (number) => {
    expect((await calls('list')).stdout).toContain('A7K2');
    const { code, stdout } = await calls('show', number);
    expect(stdout).toContain(requestId);
    expect(code).toBe(0);
  });

  it('finds a contact by its id in capitals', async () => {
    const { code, stdout } = await calls('show', contactId.toUpperCase());
    expect(stdout).toContain(requestId);
    expect(code).toBe(0);
  });

  it('finds a request by its id in capitals', async () => {
    expect((await calls('show', requestId.toUpperCase())).code).toBe(0);
  });
});
