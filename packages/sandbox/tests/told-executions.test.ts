import { expect, it, onTestFinished } from 'vitest';
import { localTaskTokens } from '../local-task-tokens.ts';
import { readService } from '../service.ts';
import { tokenBucket } from '../simulation/bucket.ts';
import { virtualClock } from '../simulation/clock.ts';
import { simulatedStateMachine } from '../simulation/executions.ts';
import { luckOf } from '../simulation/random.ts';
import { NO_FAULTS, scenarioOf } from '../simulation/scenario.ts';
import { recordTrace } from '../simulation/trace.ts';

it('a simulated state machine tells of executions that run or were aborted, the most recent first', async () => {
  // Prepare
  const clock = virtualClock(0);
  onTestFinished(clock.install());
  const { definition, name } = readService('local', 0).stateMachine;
  const { delays, quotas } = scenarioOf({ seed: 1, arrivals: [], agents: [] });
  const machine = simulatedStateMachine({
    definition,
    name,
    region: 'ap-northeast-1',
    clock,
    lambda: { invoke: () => new Promise(() => undefined), use: {} },
    tokens: localTaskTokens(),
    transitions: tokenBucket(quotas.stateTransitions, clock.now),
    delays,
    faults: { ...NO_FAULTS, executionAborted: 1, executionEndsMs: [5_000, 5_000] },
    trace: recordTrace(clock.now),
    onEnd: () => undefined,
  });

  // Act
  machine.start('older', { id: 'a' }, 'a', luckOf(1));
  clock.after(1_000, () => machine.start('newer', { id: 'b' }, 'b', luckOf(2)));
  await clock.run(5_500);

  // Assess
  const arn = `arn:aws:states:ap-northeast-1:000000000000:execution:${name}`;
  expect(machine.told()).toEqual([
    { arn: `${arn}:newer`, name: 'newer', status: 'RUNNING', startedAt: 1_000, input: { id: 'b' } },
    { arn: `${arn}:older`, name: 'older', status: 'ABORTED', startedAt: 0, endedAt: 5_000, input: { id: 'a' } },
  ]);
});
