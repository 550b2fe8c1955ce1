import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { type CallRecord, recordOf } from '../../domain/call-record.ts';
import { parseCallRequest } from '../../domain/call-request.ts';
import { flowAttributes } from '../../domain/flow-attributes.ts';
import { karteKeyOf } from '../../domain/karte-key.ts';
import { loadStage } from '../../resources/load-stage.ts';
import { stateMachineOfStage } from '../../resources/state-machine-of-stage.ts';
import { GOOD_CONTENT, karteEvent, NOW, stage } from '../functions/function-support.ts';
import { PROJECT } from '../run-command.ts';
import { differencesMet, ENGINE_DIFFERENCES, type Json } from './engine-differences.ts';

/** The package ships no types. */
const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => { isValid: boolean };

type Part = { [key: string]: Json };
/** The machine with every wait that a stage can ask for. */
const machine = stateMachineOfStage({ appointments: loadStage('local').file.appointments }) as Part;
const stateOf = (definition: Part, name: string) => (definition.States as Record<string, Part>)[name] as Part;
const retrierOf = (definition: Part, name: string) => (stateOf(definition, name).Retry as Part[]).at(-1) as Part;

/** What breaks a copy of the machine, by the difference it runs into. */
const BROKEN: Readonly<Record<string, (definition: Part) => unknown>> = {
  'JSONata is ignored': (of) => Object.assign(of, { QueryLanguage: 'JSONata' }),
  'what belongs to it': (of) => Object.assign(stateOf(of, 'StartCall'), { Comment: '{% $states.input %}' }),
  'a rule that says "is not"': (of) =>
    (stateOf(of, 'CanQueueTakeIt').Choices as Part[]).push({ Variable: '$.turn', IsPresent: false, Next: 'StartCall' }),
  'a wait from 25 days': (of) =>
    Object.assign(stateOf(of, 'WaitForTry'), { Seconds: 2_160_000, TimestampPath: undefined }),
  'a wait from 25 days ends': (of) => Object.assign(stateOf(of, 'WaitForTry'), { TimestampPath: '$.request.callAt' }),
  'a wait from 25 days ends at': (of) => Object.assign(stateOf(of, 'StartCall'), { TimeoutSeconds: 2_160_000 }),
  'a wait from 25 days ends at once': (of) =>
    Object.assign(stateOf(of, 'WaitForAgent'), { TimeoutSecondsPath: '$.appointment.seconds' }),
  'StringSplit splits': (of) =>
    Object.assign(stateOf(of, 'StartCall').Parameters as Part, { 'words.$': "States.StringSplit($.reason, ', ')" }),
  'a filter without a hit': (of) =>
    Object.assign(stateOf(of, 'StartCall'), { InputPath: '$.queues[?(@.open == true)]' }),
  'is resolved after its Parameters': (of) =>
    Object.assign(stateOf(of, 'StartCall'), { TimeoutSeconds: undefined, TimeoutSecondsPath: '$.waitSeconds' }),
  'given up after 60 seconds': (of) => Object.assign(stateOf(of, 'StartCall'), { TimeoutSeconds: undefined }),
  'a heartbeat is ignored': (of) => Object.assign(stateOf(of, 'StartCall'), { HeartbeatSeconds: 35 }),
  'a BackoffRate below 1': (of) => Object.assign(retrierOf(of, 'StartCall'), { BackoffRate: 0.5 }),
  'an IntervalSeconds below 1': (of) => Object.assign(retrierOf(of, 'StartCall'), { IntervalSeconds: 0 }),
  'any word as a JitterStrategy': (of) => Object.assign(retrierOf(of, 'StartCall'), { JitterStrategy: 'full' }),
  'a MaxDelaySeconds that is not above': (of) => Object.assign(retrierOf(of, 'StartCall'), { MaxDelaySeconds: 1 }),
  'States.ALL beside other errors': (of) => (retrierOf(of, 'StartCall').ErrorEquals as Json[]).push('ConnectThrottled'),
  'States.ALL before other retriers': (of) => (stateOf(of, 'StartCall').Retry as Part[]).reverse(),
  'States.ALL before other retriers or catchers': (of) => (stateOf(of, 'StartCall').Catch as Part[]).reverse(),
  'becomes a variable of CloudFormation': (of) => Object.assign(of, { Comment: 'One call for ${phone}' }),
};

const broken = (breakIt: (definition: Part) => unknown): Part => {
  const copy = structuredClone(machine);
  breakIt(copy);
  // Undefined in a copy stands for a field that is not there.
  return JSON.parse(JSON.stringify(copy)) as Part;
};

describe('the state machine keeps away from what the local engine and its validator take differently', () => {
  it('in every field', () => {
    expect(differencesMet(machine)).toEqual([]);
  });

  it.each(Object.entries(BROKEN))('and a machine that does not is found: %s', (words, breakIt) => {
    expect(differencesMet(broken(breakIt)).filter((sentence) => sentence.includes(words))).not.toEqual([]);
  });

  it.each(ENGINE_DIFFERENCES.map(({ what }) => what))('which is tried for each difference: %s', (what) => {
    expect(Object.keys(BROKEN).some((words) => what.includes(words))).toBe(true);
  });

  it.each(
    Object.keys(BROKEN).filter((words) =>
      /BackoffRate|IntervalSeconds|JitterStrategy|before other retriers$/.test(words),
    ),
  )('since the validator does not find it: %s', (words) => {
    expect(validate(broken(BROKEN[words] ?? (() => undefined))).isValid).toBe(true);
  });
});

/** UTF-8 bytes as DynamoDB counts an item, a little generously: names, values, and the letters of the types. */
const itemBytes = (record: Partial<CallRecord>) =>
  Buffer.byteLength(JSON.stringify(marshall(record, { removeUndefinedValues: true })));

describe('what is written into DynamoDB', () => {
  /** The local DynamoDB counts characters, of which a Japanese one is three bytes: no write may come near the limit. */
  const FAR_BELOW_400_KB = 100_000;
  const LONG = '料金'.repeat(2_000);

  it('stays far below 400 KB for the longest event that there can be, and the busiest call', () => {
    // Prepare
    const fields = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`${index}${LONG}`.slice(0, 900), LONG]),
    );
    const told = { user_type: LONG, inquiry_type: LONG, track_id: LONG, user_id: '会'.repeat(200) };
    const content = { ...GOOD_CONTENT, ...told, ...fields };
    const event = karteEvent(content);
    expect(Buffer.byteLength(JSON.stringify(event))).toBeGreaterThan(256_000);
    // Act
    const { request, decision } = parseCallRequest(event, stage, NOW, () => 'id');
    const karteKey = karteKeyOf(content);
    const asked = recordOf({ ...request, ...(karteKey && { karteKey }) }, `arn:${'x'.repeat(200)}`, 365);
    const record: Partial<CallRecord> = {
      ...asked,
      flowAttributes: flowAttributes(Object.fromEntries(Array.from({ length: 200 }, (_, n) => [`${n}${LONG}`, LONG]))),
      transferredTo: Array.from({ length: 100 }, () => '00000000-0000-4000-8000-000000000000'),
    };
    // Assess
    expect(decision).toBe('continue');
    expect(asked).toMatchObject({ leftOut: expect.any(Array), inquiryType: expect.any(String), karteKey });
    expect(itemBytes(record)).toBeGreaterThan(20_000);
    expect(itemBytes(record)).toBeLessThan(FAR_BELOW_400_KB);
    expect(itemBytes({ ...record, reason: '料'.repeat(50_000) })).toBeGreaterThan(FAR_BELOW_400_KB);
  });

  it('asks for nothing that the local DynamoDB ignores or does not know', () => {
    const unknown = /ReturnValuesOnConditionCheckFailure|TransactWrite|TransactGet|UpdateTimeToLive|ExecuteStatement/;
    const files = globSync('{adapters,functions}/**/*.ts', { cwd: PROJECT });
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter((file) => unknown.test(readFileSync(join(PROJECT, file), 'utf8')))).toEqual([]);
    expect(unknown.test("ReturnValuesOnConditionCheckFailure: 'ALL_OLD'")).toBe(true);
  });
});
