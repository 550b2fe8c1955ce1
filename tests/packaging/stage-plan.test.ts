import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { loadStage } from '../../resources/load-stage.ts';
import { costOf, USAGE_OF_A_CALL } from '../../resources/prices.ts';
import { costsInWords, monthlyCosts } from '../../tools/stage/costs-in-words.ts';
import { planInWords } from '../../tools/stage/plan-command.ts';
import { linesOf } from '../../tools/stage/resources-in-words.ts';
import { commandHere, PROJECT } from '../run-command.ts';
import { packagedStage, packagedWithOptions } from './packaged-stages.ts';

const resources = () => packagedStage('dev').template.Resources;
const { file } = loadStage('dev');

describe('npm run stage -- plan', () => {
  it('tells what was packaged, what stays, and what it costs', async () => {
    const folder = join(inject('packagedStages'), 'dev');
    const { code, stdout } = await commandHere('stages', ['plan', 'dev', '--package', folder]);
    expect(code).toBe(0);
    expect(stdout).toBe(`${planInWords('dev', resources(), file)}\n`);
    expect(stdout).toContain('\n  4 contact flows\n    call-me-hold\n');
    expect(stdout).toMatch(
      /\nKept when the stack is removed\n(?: {2}.*\n)* {2}4 tables: calls, guards, leases, waiting-room\n/,
    );
    expect(stdout).toMatch(/\n +\d+\.\d\d {2}together\n/);
    expect(stdout.split('\n').filter((line) => line.length > 80 && !/^ *https:\S+$/.test(line))).toEqual([]);
  });

  it('names log groups that stay, which are not told by the functions that write them', () => {
    const Properties = { LogGroupName: '/aws/lambda/karte-connect-call-dev-road' };
    const logs = { Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'RetainExceptOnCreate', Properties };
    expect(planInWords('dev', { logs }, file)).toContain(
      '\nKept when the stack is removed\n  1 log group: /aws/lambda/karte-connect-call-dev-road\n',
    );
    expect(linesOf({ logs }, 'karte-connect-call-dev')).toMatchObject([{ text: '1 log group', names: [] }]);
  });

  it('says of protected tables alone that a first deployment is made without', () => {
    const saysSo = (protectTables: boolean) =>
      planInWords('dev', resources(), { ...file, protectTables }).includes("Is this the stage's first deployment?");
    expect([saysSo(true), saysSo(false)]).toEqual([true, false]);
  });

  it('names every type of resource in words, with and without what a stage may ask for', () => {
    const all = { ...resources(), ...packagedWithOptions().template.Resources };
    const lines = linesOf(all, 'karte-connect-call-dev');
    expect(lines.filter(({ text }) => text.includes('::'))).toEqual([]);
    expect(lines.length).toBeGreaterThan(10);
  });

  it('counts each resource once, and shows one that it does not know', () => {
    const lines = linesOf({ ...resources(), Other: { Type: 'AWS::Example::Thing' } }, 'karte-connect-call-dev');
    expect(lines.at(-1)).toEqual({ group: 'Supporting resources', text: '1 AWS::Example::Thing', names: [] });
    const queue = { Type: 'AWS::Connect::Queue', Properties: { Name: 'karte-connect-call-dev/support' } };
    expect(linesOf({ queue }, 'karte-connect-call-dev')).toMatchObject([{ text: '1 queue', names: ['support'] }]);
    const functions = Object.values(resources()).filter(({ Type }) => Type === 'AWS::Lambda::Function').length;
    expect(lines).toContainEqual(expect.objectContaining({ text: `${functions} functions` }));
  });

  it('says that a folder holds nothing', async () => {
    const { code, stderr } = await commandHere('stages', ['plan', 'dev', '--package', 'settings']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^settings holds no cloudformation-template-update-stack\.json: package the stage/);
  });
});

describe('the prices of a plan', () => {
  it('are said to be those of Tokyo above the tables of a stage that is elsewhere', () => {
    const above = (region: typeof file.region) => costsInWords({}, { ...file, region })[0];
    expect(above('us-east-1')).toMatch(/^All prices are for Tokyo \(ap-northeast-1\): prices for us-east-1, /);
    expect(above('ap-northeast-1')).toBe('A month without calls, in US dollars');
  });

  const costs = (of: ReturnType<typeof resources>, number = file.connect.sourcePhoneNumber) =>
    Object.fromEntries(
      monthlyCosts(of, { ...file, connect: { ...file.connect, sourcePhoneNumber: number } }).map(({ what, usd }) => [
        what,
        Number(usd.toFixed(2)),
      ]),
    );

  it('are a month of the number, of each metric of each alarm, and of what runs by itself', () => {
    const alarm = { Type: 'AWS::CloudWatch::Alarm' };
    const sum = { ...alarm, Properties: { Metrics: [{ MetricStat: {} }, { MetricStat: {} }, { Expression: 'a+b' }] } };
    const poll = { Type: 'AWS::Lambda::EventSourceMapping' };
    expect(costs({ alarm, sum, poll })).toEqual({
      'the number that calls are made from': 3.04,
      '2 alarms': 0.3,
      'Lambda polling its message queue': 0.26,
    });
    expect(costs({}, null)).toEqual({});
    expect(costs({}, '+81120000000')).toEqual({ 'the toll-free number that calls are made from': 14.59 });
  });

  it('are, for a call, what was counted on a quiet day', () => {
    const page = readFileSync(join(PROJECT, 'docs/performance.md'), 'utf8');
    const [, row = ''] = /\n\| 60 requests, one every 60 s \|([ \d,|]+)\|\n/.exec(page) ?? [];
    const counted = row.split('|').map((cell) => Number(cell.replaceAll(',', '')) / 1_000);
    expect(Object.values(USAGE_OF_A_CALL)).toEqual(counted);
    expect(costOf(USAGE_OF_A_CALL)).toBeCloseTo(0.00027, 5);
  });
});
