import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../adapters/function-environment.ts';
import { parseCallRequest } from '../../domain/call-request.ts';
import { EXAMPLE_NUMBER, refusalOfExample } from '../../domain/example-number.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';
import { loadStage } from '../../resources/load-stage.ts';
import { GOOD_CONTENT, karteEvent, NOW } from '../functions/function-support.ts';
import { SPELLINGS } from './request-support.ts';

const stageNamed = (name: string) => readEnvironment(loadStage(name).environment).settings as StageSettings;
const parse = (event: unknown, stage: string) => parseCallRequest(event, stageNamed(stage), NOW, () => 'made-up-id');

const EVENTS = join(import.meta.dirname, '../../events');
const samples = globSync('*.json', { cwd: EVENTS }).map((name) => readFileSync(join(EVENTS, name), 'utf8'));

describe('the example number', () => {
  it.each(['dev', 'prod'])('is called by the stage %s in no spelling', (stage) => {
    for (const [, phone_e164] of SPELLINGS) {
      expect(parse(karteEvent({ ...GOOD_CONTENT, phone_e164 }), stage)).toMatchObject({
        decision: 'end',
        request: { phone: EXAMPLE_NUMBER },
        ending: { outcome: 'number_refused', reason: 'example_number' },
      });
    }
  });

  it.each(['+81 90-1234-5678', ' +819012345678', '+8109012345678', '+81 (0)90 1234 5678', '090-1234-5678'])(
    'is known as %j, which somebody may write into a sample of startCall',
    (phone) => {
      expect(refusalOfExample(phone, stageNamed('prod'))).toEqual({
        outcome: 'number_refused',
        reason: 'example_number',
      });
    },
  );

  it.each(['+19012345678', '+818012345678', '+8190123456780', '+81901234567'])('is not %j', (phone) => {
    expect(refusalOfExample(phone, stageNamed('prod'))).toBeUndefined();
  });

  it('is called by the local stack', () => {
    expect(parse(karteEvent(GOOD_CONTENT), 'local')).toMatchObject({
      decision: 'continue',
      request: { phone: EXAMPLE_NUMBER },
    });
  });

  it('is no other number', () => {
    const event = karteEvent({ ...GOOD_CONTENT, phone_e164: '+815012345678' });
    expect(parse(event, 'prod')).toMatchObject({ decision: 'continue' });
  });

  it('is the only number of the sample events that a stage would call', () => {
    const numbers = samples.flatMap((text) => {
      // Some hold an event as text, whose quotation marks are escaped.
      return [...text.replaceAll('\\"', '"').matchAll(/"phone(?:_e164)?"\s*:\s*"([^"]*)"/g)].map(
        ([, number]) => number,
      );
    });
    const called = numbers.filter(
      (phone_e164) => parse(karteEvent({ ...GOOD_CONTENT, phone_e164 }), 'prod').decision === 'continue',
    );
    expect(numbers.length).toBeGreaterThan(samples.length / 2);
    expect(called).toEqual([]);
  });
});
