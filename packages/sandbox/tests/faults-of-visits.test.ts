import { describe, expect, it } from 'vitest';
import type { FaultHit } from '../connect/connect-faults.ts';
import { faultsOfVisit } from '../faults-of-visits.ts';

/** A state that was entered at 1,000 and left at 2,000. */
const visit = (name: string, more: object = { exitedAt: 2_000 }) => ({ name, enteredAt: 1_000, errors: [], ...more });

const CALL: FaultHit = {
  kind: 'throttle',
  operation: 'StartOutboundVoiceContact',
  at: 1_500,
  clientToken: 'request-1',
  attempt: 1,
};
const READING: FaultHit = { kind: 'throttle', operation: 'DescribeQueue', at: 1_500 };

describe('the faults that hit while a request was in a state', () => {
  it.each<[string, ReturnType<typeof visit>, FaultHit, boolean]>([
    ['its own call', visit('StartCall'), CALL, true],
    ["another request's call", visit('StartCall'), { ...CALL, clientToken: 'request-2' }, false],
    ['its call in another state', visit('CheckQueue'), CALL, false],
    ['before the state', visit('StartCall'), { ...CALL, at: 999 }, false],
    ['at its first moment', visit('StartCall'), { ...CALL, at: 1_000 }, true],
    ['at its last moment', visit('StartCall'), { ...CALL, at: 2_000 }, true],
    ['after the state', visit('StartCall'), { ...CALL, at: 2_001 }, false],
    ['in a state that goes on', visit('StartCall', {}), { ...CALL, at: 9_999 }, true],
    ['a reading that all share', visit('CheckQueue'), READING, true],
    ['a reading while it waits in line', visit('WaitForAgent'), READING, true],
    ['a reading that it does not wait for', visit('StartCall'), READING, false],
    ['what no request waits for', visit('CheckQueue'), { ...READING, operation: 'StopContact' }, false],
  ])('%s', (_name, state, hit, told) => {
    expect(faultsOfVisit(state, 'request-1', [hit])).toEqual(told ? [hit] : []);
  });
});
