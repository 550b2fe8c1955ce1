import { expect, it, onTestFinished, vi } from 'vitest';
import { visitor } from '../../../tests/e2e/path-support.ts';
import { HISTORY_KEPT_MS } from '../kept-history.ts';
import { startStack } from '../start-stack.ts';

it('the stack knows everything of a request of the last hour, and of an older one its record alone', async () => {
  // Prepare
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  onTestFinished(() => void vi.useRealTimers());
  const stack = await startStack({ speed: 500 });
  onTestFinished(() => stack.close());
  const ask = async (id: string, phone: string) => {
    stack.put({
      id,
      'detail-type': 'KARTE Action',
      detail: { name: stack.service.stage.file.karte.actionName, content: visitor({ phone_e164: phone }) },
    });
    await stack.idle();
    const record = await stack.record(id);
    const [execution = ''] = stack.activity.executionsOf(id);
    return { contactId: record?.contactId ?? '', execution };
  };

  // Act
  const older = await ask('00000000-0000-4000-8000-000000000001', '090-1234-5678');
  vi.setSystemTime(Date.now() + HISTORY_KEPT_MS + 1);
  const newer = await ask('00000000-0000-4000-8000-000000000002', '090-1234-5678');

  // Assess
  const { executions } = stack.stateMachine;
  expect(executions.keys()).toEqual([newer.execution]);
  expect(executions.get(newer.execution)).toMatchObject({
    status: 'SUCCEEDED',
    states: expect.arrayContaining([
      expect.objectContaining({ name: 'RecordOutcome', output: expect.objectContaining({ outcome: 'call_placed' }) }),
    ]),
  });
  expect(stack.connect.contact(newer.contactId)?.transcript.at(-1)?.text).toBe('The customer hangs up.');
  expect(older.contactId).not.toBe('');
  expect(stack.connect.contact(older.contactId)).toBeUndefined();
  expect(stack.activity.executionsOf('00000000-0000-4000-8000-000000000001')).toEqual([]);
  expect(stack.activity.callOf('00000000-0000-4000-8000-000000000001')).toBeUndefined();
  expect((await stack.records()).map(({ outcome }) => outcome)).toEqual(['completed', 'completed']);
});
