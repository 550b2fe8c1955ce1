import { expect, it } from 'vitest';
import { setEnvironment } from './support.ts';

setEnvironment();

// Node 24 on Lambda takes a third parameter for a callback and refuses to start the function
// (Runtime.CallbackHandlerDeprecated).
it.each([
  'accept-sns-notification',
  'check-queue',
  'claim-request',
  'enter-waiting-room',
  'record-outcome',
  'release-waiting',
  'settle-execution',
  'start-call',
  'take-later-turn',
  'track-contact',
  'validate-request',
])('the handler of %s takes an event and a context, and no callback', async (name) => {
  const { handler } = await import(`../../functions/${name}.ts`);
  expect(handler).toBeTypeOf('function');
  expect(handler.length).toBeLessThanOrEqual(2);
});
