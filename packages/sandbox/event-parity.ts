import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EventPattern, whyUnmatched } from './event-pattern.ts';
import { readService } from './service.ts';

/**
 * The answer of event-ruler, AWS's own event pattern matcher, to an event.
 * @see https://github.com/aws/event-ruler
 */
interface RecordedAnswer {
  name: string;
  /** A pattern, or the name of one in `patterns` of the file. */
  pattern: EventPattern | string;
  event: unknown;
  eventRuler: boolean;
}

interface AnswersFile {
  patterns?: Record<string, EventPattern>;
  cases: RecordedAnswer[];
}

/** A recorded event: whether the pattern matches it according to the local matcher and event-ruler. */
export interface ComparedAnswer {
  name: string;
  ours: boolean;
  eventRuler: boolean;
  /** Why the two differ, if known. */
  known?: string;
}

/** The events tested against a pattern. */
export interface AnswerGroup {
  /** The rule with this pattern today, or a label if there is none. */
  rule: string;
  deployed: boolean;
  answers: ComparedAnswer[];
}

/** The original answers, and those for later changes, which Answers.java there produces. */
const FOLDER = join(import.meta.dirname, 'tests/event-ruler');
const FILES = ['first-answers.json', 'later-answers.json'];

/** The stage whose patterns event-ruler was asked about. */
const ASKED = {
  stateMachine: 'karte-connect-call-engines-call-request',
  connect: { instanceId: 'aaaaaaaa-1111-4111-8111-000000000001', sourcePhoneNumber: '+815000000000' },
  karte: { actionName: 'karte_ivr_call_request' },
};

/** Differences that do not affect our rules, as a test ensures. Name of the case → why. */
const KNOWN: Readonly<Record<string, string>> = {
  'operators: exists: false of a field that one element has':
    'AWS looks for the field in the whole array, the local matcher in each element; no rule here uses exists',
  'operators: a field that is in $or and beside it, too':
    'AWS adds the values of both places together, the local matcher wants both; no rule here names a field twice',
};

/** The patterns of a stage's rules, with the values of the stage that event-ruler was asked about. */
export function deployedPatterns(): Map<string, EventPattern> {
  const ofStage = (agentCalls: boolean) =>
    readService('dev', 0, { connect: ASKED.connect, karte: ASKED.karte, callLog: { agentCalls } });
  const service = ofStage(false);
  const rules = [
    ['call requests', service.rule.pattern] as const,
    ...service.functionRules.map(({ function: name, pattern }) => [name, pattern] as const),
    ...ofStage(true)
      .functionRules.filter(({ function: name }) => name === 'trackContact')
      .map(({ pattern }) => ['trackContact, callLog.agentCalls', pattern] as const),
  ];
  const asAsked = (pattern: EventPattern) =>
    JSON.parse(JSON.stringify(pattern).replaceAll(service.stateMachine.name, ASKED.stateMachine)) as EventPattern;
  return new Map(rules.map(([rule, pattern]) => [rule, asAsked(pattern)]));
}

/**
 * Asks the local matcher the same questions as event-ruler, grouped by rule. Includes patterns that no rule has any more, as AWS's
 * answers to them are still valid.
 *
 * @param rules patterns by the rule's name
 * @returns deployed rules first, one without any answer included
 */
export function compareWithEventRuler(rules: ReadonlyMap<string, EventPattern>): AnswerGroup[] {
  const groups = new Map<string, AnswerGroup>(
    [...rules.keys()].map((rule) => [rule, { rule, deployed: true, answers: [] }]),
  );
  for (const file of FILES) {
    const { patterns = {}, cases } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as AnswersFile;
    for (const { name, pattern: named, event, eventRuler } of cases) {
      const pattern = typeof named === 'string' ? patterns[named] : named;
      if (pattern === undefined) throw new Error(`${file}: there is no pattern ${String(named)}`);
      const rule = [...rules].find(([, deployed]) => JSON.stringify(deployed) === JSON.stringify(pattern))?.[0];
      const title = rule ?? `${name.split(':')[0]}: of no rule today`;
      const group = groups.get(title) ?? { rule: title, deployed: false, answers: [] };
      groups.set(title, group);
      const known = KNOWN[name];
      const ours = whyUnmatched(pattern, event).length === 0;
      group.answers.push({ name, ours, eventRuler, ...(known !== undefined && { known }) });
    }
  }
  return [...groups.values()];
}

/** Whether the two agree, or differ for a reason that is known. */
export const isExplained = ({ ours, eventRuler, known }: ComparedAnswer): boolean =>
  ours === eventRuler || known !== undefined;
