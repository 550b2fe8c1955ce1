import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { METRICS } from '../../domain/metrics.ts';
import { OUTCOMES } from '../../domain/outcomes.ts';
import { dashboardBody } from '../../resources/dashboard/dashboard-body.ts';
import { dashboardWidgets } from '../../resources/dashboard/dashboard-widgets.ts';
import type { MeasuredLine } from '../../resources/dashboard/widget.ts';
import { DASHBOARD_SCHEMA } from './dashboard-schema.ts';

const STAGE = { namespace: 'karte-connect-call-dev', service: 'karte-connect-call', functions: ['admit', 'road'] };
const WIDGETS = dashboardWidgets(STAGE);
const LINES = WIDGETS.flatMap(({ lines }) => lines);
const MEASURED = LINES.filter((line): line is MeasuredLine => 'metric' in line);

interface Body {
  widgets: { properties: { metrics: unknown[][] } }[];
}
const TEXT = dashboardBody(WIDGETS);
const BODY = JSON.parse(TEXT) as Body;

describe('the dashboard of a stage', () => {
  it('has the structure that CloudWatch documents, and nothing that it does not know', () => {
    const validate = new Ajv({ allErrors: true }).compile(DASHBOARD_SCHEMA);
    validate(BODY);
    expect(validate.errors).toBeNull();
  });

  it('fills the grid, without a hole and without two widgets in one place', () => {
    const cells = WIDGETS.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`),
    );
    const rows = Math.max(...WIDGETS.map(({ y, height }) => y + height));
    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.length).toBe(24 * rows);
    expect(Math.max(...WIDGETS.map(({ x, width }) => x + width))).toBe(24);
  });

  it('asks of the functions for what they write: the metric, its unit, and one of its sets of dimensions', () => {
    const own = MEASURED.filter(({ metric }) => metric.namespace === STAGE.namespace);
    const unknown = own.filter(({ metric: { name, dimensions }, statistic }) => {
      const row = METRICS[name as keyof typeof METRICS];
      const { service, ...others } = dimensions;
      const names = Object.keys(others).sort().join();
      const isSet = row?.dimensions.some((set) => [...set].sort().join() === names);
      return !isSet || service !== STAGE.service || (statistic === 'Sum') !== isCounter(name);
    });
    expect(unknown).toEqual([]);
    // Everything that is written is shown, but what only an alarm asks.
    const shown = new Set(own.map(({ metric }) => metric.name));
    const silent = [
      'StepsFailed',
      'Stopped',
      'ClosedMinutes',
      'OpenMinutesWithoutRequest',
      'RequestsWithoutCall',
      'OpenMinutesWithoutCall',
    ];
    expect(Object.keys(METRICS).filter((name) => !shown.has(name))).toEqual(silent);
  });

  it('knows every outcome and every reason of a request that was not called', () => {
    const asked = (name: string, dimension: string) =>
      MEASURED.filter(({ metric }) => metric.name === name).map(({ metric }) => metric.dimensions[dimension]);
    const isCall = (outcome: keyof typeof OUTCOMES) => /^(placed|reached|missed)$/.test(OUTCOMES[outcome].class);
    const outcomes = Object.keys(OUTCOMES) as (keyof typeof OUTCOMES)[];
    const notCalled = outcomes.filter((outcome) => !isCall(outcome));
    expect(new Set(asked('RequestsEnded', 'outcome'))).toEqual(new Set(notCalled));
    expect(new Set(asked('RequestsEnded', 'reason').filter((reason) => reason !== undefined))).toEqual(
      new Set(notCalled.flatMap((outcome) => Object.keys(OUTCOMES[outcome].reasons))),
    );
    expect(new Set(asked('CallsEnded', 'outcome'))).toEqual(
      new Set(outcomes.filter((outcome) => isCall(outcome) && outcome !== 'call_placed')),
    );
  });

  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
  it('stays within the quotas of a widget and of a dashboard', () => {
    const counts = BODY.widgets.map(({ properties }) => properties.metrics.length);
    expect(Math.max(...counts)).toBeLessThanOrEqual(500);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(2_500);
  });

  it('names each line of a widget once, and no line like a resource of the stack', () => {
    for (const { id, lines } of WIDGETS) {
      const ids = lines.map((line) => line.id);
      expect(new Set(ids).size, id).toBe(ids.length);
    }
    const references = [...TEXT.matchAll(/\$\{([^}]+)\}/g)].map(([, name]) => name);
    expect(new Set(references)).toEqual(
      new Set([
        'AWS::Region',
        'CallRequestStateMachine',
        'AdmitLambdaFunction',
        'RoadLambdaFunction',
        'DeadLetterQueue.QueueName',
        'ReleaseDeadLetterQueue.QueueName',
      ]),
    );
  });

  it('says everything in both languages, and reasons by the word of the runbook', () => {
    const seen = LINES.filter(({ hidden }) => !hidden).filter(({ label }) => label !== undefined);
    for (const { label } of [...seen, ...WIDGETS.map(({ title }) => ({ label: title }))]) {
      expect(label?.ja).not.toBe('');
      expect(label?.en).toMatch(/^[\x20-\x7e]+$/);
    }
    expect(TEXT).toContain('"label":"number_refused: not_filled_in"');
  });
});

/** What is counted up, in contrast to what is looked at now and then, or timed. */
const isCounter = (name: string): boolean => /^(?:Requests(?:Asked|Ended)|Calls\w+|StepsFailed)$/.test(name);
