import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, print } from '../command-line.ts';
import { fillTokens } from '../files/contact-flow-tokens.ts';
import type { CaseResult } from '../scenarios/run-scenario.ts';
import { type TestCase, testCaseOf } from '../test-cases/test-case.ts';
import type { FlowsCommand } from './flows-command.ts';
import type { Project } from './open-project.ts';
import { projectFlows } from './repository.ts';
import { projectScenarios, runScenarios } from './scenario-files.ts';
import { stageTokens } from './stage-tokens.ts';
import { writeTo } from './written-file.ts';

function help({ command, folders, stages }: Project): string {
  return `${command} test-cases [--stage <stage>] [--out <folder>]

Writes the scenarios of ${folders.scenarios}/ as test cases of Amazon Connect, which makes the calls on the instance itself: one
file for each, as the API accepts it and AWS::Connect::TestCase has it. Says for every other scenario why it cannot be one.
Nothing is sent: aws connect create-test-case --instance-id <id> --cli-input-json file://<file> does that.

A test ends at the transfer to a queue, since it would reach an agent there. It needs the opening hours and staff that the
scenario has, on the instance, when it runs.

  --stage <stage>  fill in its ARNs, read from Amazon Connect${stages?.note === undefined ? '' : `; ${stages.note}`};
                   without it tokens such as \${CallMeContactFlow} stay
  --out <folder>   where to write; ${folders.exported}/[<stage>/]test-cases by default
  --json           print one JSON document instead of sentences
  --help           this text

Exit code: 0 written, 2 a flow, a scenario file, the stage or the instance cannot be used.
`;
}

interface Named {
  flow: string;
  scenario: string;
}

interface Written extends Named {
  file: string;
  /** Clauses: what the instance must have. */
  needs: string[];
}

/** A scenario that cannot be a test case. */
interface LeftOut extends Named {
  /** Clauses without a full stop. */
  cannot: string[];
}

/** Writes the scenarios in Amazon Connect's testing language. */
export const testCases: FlowsCommand = {
  summary: "writes the scenarios as Amazon Connect's own test cases, as far as its language allows",
  help,
  async run(args, project) {
    const { values } = parseArgs({
      args,
      options: { stage: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const { stage, json } = values;
    const folder = values.out ?? join(project.folders.exported, stage ?? '', 'test-cases');
    const library = projectFlows(project);
    const results = runScenarios(projectScenarios(project), library);
    const tokens = stage === undefined ? {} : (await stageTokens(stage, project)).values;

    const written: Written[] = [];
    const leftOut: LeftOut[] = [];
    for (const result of results) {
      const scenario = { flow: result.flow, scenario: result.case.name };
      const translation = testCaseOf(result, (name) => library.flows.find((flow) => flow.name === name));
      if ('cannot' in translation) {
        leftOut.push({ ...scenario, cannot: translation.cannot });
      } else {
        const file = join(folder, `${fileName(result)}.json`);
        writeTo(file, textOf(translation.testCase, tokens));
        written.push({ ...scenario, file, needs: translation.needs });
      }
    }
    print(json ? `${JSON.stringify({ written, leftOut }, null, 2)}\n` : report(written, leftOut));
    return EXIT.fine;
  },
};

/** Text that contains tokens: an id, or JSON within JSON. */
const FILLED = ['FlowId', 'Content', 'InitializationData'];

const textOf = (testCase: TestCase, tokens: Readonly<Record<string, string>>): string =>
  `${JSON.stringify(testCase, (key, value) => (FILLED.includes(key) ? fillTokens(value, tokens) : value), 2)}\n`;

const fileName = ({ flow, case: { name } }: CaseResult): string =>
  `${flow}-${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')}`.replace(/-+$/, '').slice(0, 120);

function report(written: readonly Written[], leftOut: readonly LeftOut[]): string {
  const all = written.length + leftOut.length;
  return [
    ...written.map(({ file }) => file),
    ...grouped('What they need on the instance', written, ({ needs }) => needs),
    ...grouped('No test cases, and why', leftOut, ({ cannot }) => cannot.slice(0, 1)),
    '',
    `${written.length} of ${all} scenarios are test cases`,
    '',
  ].join('\n');
}

/** Clauses, each with the scenarios that it applies to. */
function grouped<T extends Named>(title: string, scenarios: readonly T[], clausesOf: (of: T) => string[]): string[] {
  const byClause = new Map<string, string[]>();
  for (const one of scenarios) {
    for (const clause of clausesOf(one)) {
      byClause.set(clause, [...(byClause.get(clause) ?? []), `    ${one.flow}: ${one.scenario}`]);
    }
  }
  if (byClause.size === 0) return [];
  return ['', `${title}:`, ...[...byClause].flatMap(([clause, lines]) => [`  ${clause}`, ...lines])];
}
