import { describe, expect, it } from 'vitest';
import { departureAt } from '../../domain/pacing.ts';
import { road, stepOf } from '../../functions/road-steps.ts';
import { prepareCentre } from './centre.ts';
import {
  CONTACT_ID,
  EXECUTION_ID,
  goodRequest,
  ids,
  recordingLog,
  recordingMeasure,
  setEnvironment,
  stage,
} from './function-support.ts';
import { prepareTables } from './tables.ts';

setEnvironment();

/** The steps of one request, over tables in memory and an Amazon Connect that takes every call. */
function prepare() {
  const tables = prepareTables();
  const { calls, shared, now, room } = tables;
  const { measure, counted } = recordingMeasure();
  const run = road({
    ...{ stage, wholeStage: async () => stage, calls, ids, shared, room, now, log: recordingLog() },
    connect: { startCall: async () => ({ contactId: CONTACT_ID }) },
    centre: prepareCentre(tables).readings,
    pause: async () => undefined,
    measure,
  });
  const step = (name: string, state: unknown, more: object = {}) =>
    run({ step: name, executionId: EXECUTION_ID, state, ...more });
  return { ...tables, counted, run, step };
}

describe('the steps of the road', () => {
  it('lead a request from its claim to its one outcome, each taking what the one before returned', async () => {
    // Prepare
    const { counted, record, step } = prepare();

    // Act
    const checked = await step('CheckQueue', { decision: 'continue', request: goodRequest });
    const placed = await step('StartCall', checked, { retries: 0 });
    const recorded = await step('RecordOutcome', placed);

    // Assess
    expect(checked).toMatchObject({ decision: 'continue', holdsGuards: true, turn: {} });
    expect(placed).toMatchObject({ contactId: CONTACT_ID });
    expect(recorded).toMatchObject({ outcome: 'call_placed', notify: 'quiet' });
    expect(counted).toEqual(['call_placed']);
    expect(await record()).toMatchObject({ outcome: 'call_placed', contactId: CONTACT_ID, attempts: 1 });
  });

  it('let a call that was turned away wait, from the document that the Catch left', async () => {
    const { now, step } = prepare();
    const checked = await step('CheckQueue', { decision: 'continue', request: goodRequest });
    const later = await step('TakeLaterTurn', { ...checked, tooMany: { Error: 'ConnectThrottled' } });
    expect(later).toMatchObject({ decision: 'turn', turn: { ...departureAt(now().getTime() + 1_000), isOpen: true } });
  });

  it.each([
    ['a step it does not have', { step: 'ClaimRequest' }, /unknown cannot read its document: step is not one that/],
    ['no step', { step: undefined }, /unknown cannot read its document: step is not one that/],
    ['no execution', { executionId: undefined }, /StartCall cannot read its document: executionId is not a text/],
    ['a document of another version', { state: { request: goodRequest } }, /StartCall .*: turn is not an object/],
  ])('refuse %s by a sentence, and ask nobody for anything', async (_name, change, sentence) => {
    const { run, seen } = prepare();
    const input = { step: 'StartCall', executionId: EXECUTION_ID, state: {}, ...change };
    await expect(run(input)).rejects.toThrow(sentence);
    expect(seen).toEqual([]);
  });

  it.each([
    [
      'an outcome of a newer version',
      { ending: { outcome: 'called_back', reason: 'later' } },
      /ending.outcome is not one/,
    ],
    ['a failure without a name', { failed: { CheckQueue: null } }, /failed.CheckQueue is not an object/],
    ['a request without its time', { request: { ...goodRequest, receivedAt: undefined } }, /request.receivedAt is not/],
  ])('record nothing that they would have to guess: %s', async (_name, change, sentence) => {
    const { record, step } = prepare();
    const ending = { outcome: 'expired', reason: 'deadline_passed' };
    await expect(step('RecordOutcome', { decision: 'end', request: goodRequest, ending, ...change })).rejects.toThrow(
      sentence,
    );
    expect(await record()).toBeUndefined();
  });

  it('record an outcome for a document that no other step could read', async () => {
    const { record, step } = prepare();
    expect(await step('RecordOutcome', { nonsense: true })).toMatchObject({ outcome: 'internal_error' });
    expect(await record(EXECUTION_ID.slice(EXECUTION_ID.lastIndexOf(':') + 1))).toMatchObject({
      outcome: 'internal_error',
    });
  });

  it.each([null, 'RecordOutcome', []])('refuse an input that is no object at all by a sentence: %j', async (input) => {
    await expect(prepare().run(input)).rejects.toThrow(/executionId is not a text/);
  });

  it('are named in logs and metrics by what the state machine calls them, and by nothing else', () => {
    expect(stepOf({ step: 'StartCall' })).toBe('StartCall');
    for (const input of [null, {}, { step: '' }, { step: '+819012345678' }, { step: { toString: null } }]) {
      expect(stepOf(input)).toBe('unknown');
    }
  });
});
