import { documentsOf } from '../domain/call-document.ts';
import type { Booked, Deferred, Ended, Placed, ReadyToCall, Recorded, Waiting } from '../domain/call-state.ts';
import { isObject } from '../domain/json-object.ts';
import { bookAppointment } from './book-appointment.ts';
import { checkQueue } from './check-queue.ts';
import { recordOutcome } from './record-outcome.ts';
import { startCall } from './start-call.ts';
import { takeLaterTurn } from './take-later-turn.ts';

export type RoadDependencies = Parameters<typeof bookAppointment>[0] &
  Parameters<typeof checkQueue>[0] &
  Parameters<typeof startCall>[0] &
  Parameters<typeof takeLaterTurn>[0] &
  Parameters<typeof recordOutcome>[0];

const STEPS = ['BookAppointment', 'CheckQueue', 'StartCall', 'TakeLaterTurn', 'RecordOutcome'];

/** Name of the step, which is the name of its state; for logs and metrics, so no other text from the input. */
export function stepOf(input: unknown): string {
  const step = isObject(input) ? input.step : undefined;
  return typeof step === 'string' && STEPS.includes(step) ? step : 'unknown';
}

function inputOf(event: unknown) {
  const input = isObject(event) ? event : {};
  const read = documentsOf(stepOf(input));
  return { input, state: input.state, read, executionId: read.text(input.executionId, 'executionId') };
}

/** Only RecordOutcome, which needs no id of Amazon Connect, so that a request ends even if none can be read. */
export function lastStep(dependencies: Parameters<typeof recordOutcome>[0]) {
  const record = recordOutcome(dependencies);
  return async function runLastStep(event: unknown): Promise<Recorded> {
    const { state, read, executionId } = inputOf(event);
    return record({ executionId, state: read.toRecord(state) });
  };
}

/** Runs the step of the state machine that the input names. */
export function road(dependencies: RoadDependencies) {
  const book = bookAppointment(dependencies);
  const check = checkQueue(dependencies);
  const call = startCall(dependencies);
  const later = takeLaterTurn(dependencies);
  const end = lastStep(dependencies);

  return async function runStep(
    event: unknown,
  ): Promise<Booked | ReadyToCall | Waiting | Deferred | Ended | Placed | Recorded> {
    const { input, state, read, executionId } = inputOf(event);
    switch (input.step) {
      case 'BookAppointment':
        return book({ executionId, state: read.toBook(state) });
      case 'CheckQueue':
        return check({ executionId, state: read.toCheck(state) });
      case 'StartCall':
        return call({
          executionId,
          retries: Number(input.retries ?? 0),
          state: read.toCall(state),
        });
      case 'TakeLaterTurn':
        return later({ state: read.toCall(state), tooMany: read.errorIn(state, 'tooMany') });
      case 'RecordOutcome':
        return end(event);
      default:
        return read.unknownStep();
    }
  };
}
