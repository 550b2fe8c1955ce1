import type { CaseResult } from '../scenarios/run-scenario.ts';
import type { CallCase } from '../simulate/call-case.ts';
import type { CutCall, StepLine } from './cut-call.ts';

/** A test runs for five minutes at most. */
const MOST_SECONDS = 300;

/** Blocks that do in a test what they do in a call, and what that means for the person at the other end. */
const REACHES_OUT: Readonly<Record<string, string>> = {
  TransferParticipantToThirdParty: 'would call an external number',
  CreateCallbackContact: 'would have the number called back',
  TransferContactToAgent: 'would ring at an agent',
};

/** Blocks whose result cannot be set in the language. */
const UNDECIDED: Readonly<Record<string, string>> = {
  ConnectParticipantWithLexBot: 'asks a bot, whose response the language describes on no page',
  DistributeByPercentage: 'draws a lot',
  CheckOutboundCallStatus: 'asks how a call that we placed was answered',
};

/**
 * Why a scenario cannot be a test case of Amazon Connect, in clauses without a full stop; none if it can.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/testing-simulation-execute-test-cases.html
 */
export function whyNot({ call, case: { call: callCase } }: CaseResult, { until, after, blockOf }: CutCall): string[] {
  const blocks = passed(until).flatMap((line) => ofBlock(line, callCase, blockOf));
  const failing = Object.keys(callCase.fail ?? {}).some((block) => isPassed(block, after) && !isPassed(block, until));
  const last = until.at(-1)?.at ?? 0;
  return [
    ...(callCase.answer === 'voicemail' ? ['a test knows no voicemail'] : []),
    ...(callCase.pressAhead === undefined ? [] : ['keys are sent when something is heard, and not before']),
    ...blocks,
    ...(failing || after.some(isHeardByCustomer)
      ? ['it is about what comes after the transfer to the queue, where a test must end: it would reach an agent']
      : []),
    ...(call.end === 'silence' ? ['that a call is dropped without a word is no event to wait for'] : []),
    ...(last > MOST_SECONDS
      ? [`it takes ${Math.round(last)} seconds, and a test is stopped after ${MOST_SECONDS}`]
      : []),
  ];
}

function ofBlock(line: StepLine, callCase: CallCase, blockOf: CutCall['blockOf']): string[] {
  const block = blockOf(line);
  if (block === undefined) return [];
  const { Identifier: id, Type: type } = block;
  const { fail = {}, hours, staffed, agents, waiting } = callCase;
  const toldToFail = Object.hasOwn(fail, id) || Object.hasOwn(fail, `${line.flow}/${id}`);
  if (toldToFail && type !== 'InvokeLambdaFunction' && type !== 'TransferContactToQueue') {
    return [`nothing makes a block of type ${type} fail`];
  }
  if (Object.hasOwn(REACHES_OUT, type)) return [`"${id}" ${REACHES_OUT[type]}`];
  if (Object.hasOwn(UNDECIDED, type)) return [`"${id}" ${UNDECIDED[type]}`];
  if (type === 'CheckHoursOfOperation' && hours === 'closed') {
    return [`"${id}" asks the opening hours of the instance: an answer in their place was refused`];
  }
  const quiet = staffed === 0 || (staffed === undefined && agents === 0) || (waiting ?? 0) > 0;
  if ((type === 'CheckMetricData' || type === 'GetMetricData') && quiet) {
    return [`"${id}" asks the real queue, and nothing answers in its place`];
  }
  return [];
}

/** What an instance must be like so that a test case shows what its scenario does, in clauses. */
export function whatItNeeds({ case: { call: callCase } }: CaseResult, { until, blockOf }: CutCall): string[] {
  const needs = passed(until).flatMap((line): string[] => {
    const block = blockOf(line);
    if (block === undefined) return [];
    const { Identifier: id, Type: type, Parameters: parameters } = block;
    if (
      type === 'Compare' &&
      parameters.ComparisonValue === '$.InitiationMethod' &&
      callCase.initiation !== 'INBOUND'
    ) {
      return [`the contact of a test does not count as one that comes in, which no page says ("${id}")`];
    }
    if (type === 'CheckHoursOfOperation') return ['it is within the opening hours'];
    if (type === 'CheckMetricData' || type === 'GetMetricData') return ['the queue is staffed'];
    return [];
  });
  return [...new Set(needs)];
}

/** One line for each block that the call passes. */
const passed = (lines: readonly StepLine[]): StepLine[] => [
  ...new Map(lines.map((line) => [`${line.flow}/${line.step.block}`, line])).values(),
];

const isPassed = (block: string, lines: readonly StepLine[]): boolean =>
  lines.some(({ flow, step }) => step.block === block || `${flow}/${step.block}` === block);

const isHeardByCustomer = ({ listener, step }: StepLine): boolean =>
  listener === 'customer' && (step.kind === 'say' || step.kind === 'play' || step.kind === 'loop');
