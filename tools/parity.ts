import { parseArgs } from 'node:util';
import { EXIT, print, runCommand } from 'connect-flow-kit/command-line';
import {
  type AnswerGroup,
  type ComparedAnswer,
  compareWithEventRuler,
  deployedPatterns,
  isExplained,
} from '../packages/sandbox/event-parity.ts';

const HELP = `Asks the local event pattern matcher the questions that AWS's own matcher (event-ruler) was asked, and compares the answers.

  npm run parity            every event by rule: both answers, and the reason for any difference
  npm run parity -- --json  the same as JSON

The answers of event-ruler are recorded in packages/sandbox/tests/event-ruler; nothing is asked of AWS.
Exit code 0: the same, or different for a known reason. 1: an unexplained difference, or a rule without answers of AWS's matcher.

  --json   print [{rule, deployed, answers: [{name, ours, eventRuler, known?}]}]
  --help   this text
`;

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const groups = compareWithEventRuler(deployedPatterns());
  print(values.json ? `${JSON.stringify(groups, null, 2)}\n` : `${groups.map(told).join('\n')}\n${summary(groups)}\n`);
  return groups.every(isFine) ? EXIT.fine : EXIT.problems;
}

const isFine = ({ deployed, answers }: AnswerGroup) =>
  answers.every(isExplained) && !(deployed && answers.length === 0);

function told({ rule, answers }: AnswerGroup): string {
  const none = 'event-ruler was never asked about this pattern: CONTRIBUTING.md, "The pattern of a rule"';
  return [
    rule,
    ...(answers.length === 0 ? [`  ${none}`] : [line('ours', 'event-ruler', ''), ...answers.map(toldAnswer)]),
    '',
  ].join('\n');
}

const line = (ours: string, eventRuler: string, name: string) =>
  `  ${ours.padEnd(9)}${eventRuler.padEnd(13)}${name}`.trimEnd();

function toldAnswer(answer: ComparedAnswer): string {
  const { name, ours, eventRuler, known = 'reason unknown' } = answer;
  const words = (matches: boolean) => (matches ? 'matches' : '-');
  const shown = line(words(ours), words(eventRuler), name);
  return ours === eventRuler ? shown : `${shown}\n           DIFFERENT: ${known}`;
}

function summary(groups: readonly AnswerGroup[]): string {
  const answers = groups.flatMap((group) => group.answers);
  const different = answers.filter(({ ours, eventRuler }) => ours !== eventRuler);
  const unknown = different.filter((answer) => !isExplained(answer)).length;
  const unasked = groups.filter(({ deployed, answers: those }) => deployed && those.length === 0).length;
  return `${answers.length} events: ${answers.length - different.length} as event-ruler, ${different.length - unknown} different for a known reason, ${unknown} for none; rules without an answer: ${unasked}.`;
}

await runCommand(main);
