import { documentsOf } from '../domain/call-document.ts';
import type { Deferred, Ended, Placed, ReadyToCall, Recorded, Waiting } from '../domain/call-state.ts';
import { checkQueue } from './check-queue.ts';
import { recordOutcome } from './record-outcome.ts';
import { startCall } from './start-call.ts';
import { takeLaterTurn } from './take-later-turn.ts';

export type RoadDependencies = Parameters<typeof checkQueue>[0] &
  Parameters<typeof startCall>[0] &
  Parameters<typeof takeLaterTurn>[0] &
  Parameters<typeof recordOutcome>[0];

/** What the state machine hands to a step. Everything but the step's name is looked at by the step itself. */
type Input = Readonly<Record<string, unknown>>;

/** Name of the step, which is the name of its state; for logs, whatever it is. */
export const stepOf = ({ step }: Input): string => String(step);

/** Runs the step of the state machine that the input names. */
export function road(dependencies: RoadDependencies) {
  const check = checkQueue(dependencies);
  const call = startCall(dependencies);
  const later = takeLaterTurn(dependencies);
  const record = recordOutcome(dependencies);

  return async function runStep(input: Input): Promise<ReadyToCall | Waiting | Deferred | Ended | Placed | Recorded> {
    const { step, state } = input;
    const read = documentsOf(stepOf(input));
    const executionId = read.text(input.executionId, 'executionId');
    switch (step) {
      case 'CheckQueue':
        return check({ executionId, state: read.toCheck(state) });
      case 'StartCall':
        return call({
          executionId,
          contactFlowArn: read.text(input.contactFlowArn, 'contactFlowArn'),
          retries: Number(input.retries ?? 0),
          state: read.toCall(state),
        });
      case 'TakeLaterTurn':
        return later({ state: read.toCall(state), tooMany: read.errorIn(state, 'tooMany') });
      case 'RecordOutcome':
        // Whatever became of the request: this step reads every document.
        return record({ executionId, state });
      default:
        return read.unknownStep();
    }
  };
}
