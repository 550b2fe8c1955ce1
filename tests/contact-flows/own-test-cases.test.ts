import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { templateFaults } from '../packaging/cloudformation-check.ts';
import { commandHere } from '../run-command.ts';

interface Report {
  written: { file: string; scenario: string }[];
  leftOut: { scenario: string }[];
}

let folder: string;
let report: Report;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'test-cases-'));
  report = JSON.parse((await commandHere('flows', ['test-cases', '--out', folder, '--json'])).stdout);
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));

describe("the scenarios as Amazon Connect's test cases", () => {
  it('have the properties of AWS::Connect::TestCase', () => {
    const InstanceArn = 'arn:aws:connect:ap-northeast-1:000000000000:instance/00000000-0000-4000-8000-000000000001';
    const Resources = Object.fromEntries(
      report.written.map(({ file }, index) => [
        `TestCase${index}`,
        { Type: 'AWS::Connect::TestCase', Properties: { InstanceArn, ...read(file) } },
      ]),
    );
    expect(templateFaults({ Resources })).toEqual([]);
  });

  it('show those who are called, no matter who calls, and a queue that is full', () => {
    const scenarios = report.written.map(({ scenario }) => scenario);
    expect(scenarios).toEqual(
      expect.arrayContaining([
        'a member with an inquiry reaches an agent',
        'a visitor without an inquiry reaches an agent',
        'a customer who calls the number back reaches an agent',
        'a customer for whom the queue has no place hears an apology',
      ]),
    );
    expect(report.leftOut.map(({ scenario }) => scenario)).toContain('a voicemail reaches no agent');
  });

  it('end before a customer who does not exist can reach an agent', () => {
    for (const { file } of report.written) {
      const { Observations } = JSON.parse(read(file).Content);
      const last = Observations.at(-1).Actions.at(-1);
      expect(last.Parameters.Command).toEqual({ Type: 'EndTest' });
    }
  });
});
