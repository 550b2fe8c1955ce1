import { doc, unrestrictedAnd } from '../../catalogue/shared.ts';
import type { FlowType } from '../../flow-types.ts';
import { block, next, say } from '../example.ts';
import type { Block } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import type { Rule } from '../rule.ts';

const notInFlowType: Rule = {
  id: 'not-in-flow-type',
  severity: 'error',
  title: 'A block is not allowed in a flow of this type',
  why: 'Each block is made for some types of flow: a whisper cannot hang up, and only a queue flow can be resumed.',
  source: doc('flow-language-actions'),
  example: {
    failing: {
      document: { Metadata: { type: 'agentWhisper' } },
      blocks: [say('Announce', 'A customer from the web site.', 'Hang up')],
    },
    mended: {
      document: { Metadata: { type: 'agentWhisper' } },
      blocks: [say('Announce', 'A customer from the web site.', 'Resume')],
    },
  },
  check: ({ blocks, type }) =>
    type === undefined
      ? []
      : blocks
          .filter((one) => placeIn(type, one) === 'refused')
          .map((one) => ({
            block: one,
            message: `a flow of type ${type} may not have this block`,
            fix: `Use it in ${one.spec?.flowTypes.join(', ')} only.`,
          })),
};

/** Is the block allowed in a flow of this type? */
function placeIn(type: FlowType, { spec, form }: Block): 'allowed' | 'doubtful' | 'refused' {
  if (spec === undefined || (spec.flowTypes.includes(type) && !form?.doubtfulIn?.includes(type))) return 'allowed';
  return spec.doubtfulIn?.includes(type) || form?.doubtfulIn?.includes(type) ? 'doubtful' : 'refused';
}

/** A flow on the agent's side of a transfer that says one thing. */
const transfer = (then: string) => ({
  document: { Metadata: { type: 'agentTransfer' } },
  blocks: [say('Announce', 'You are being connected.', then)],
});

const doubtfulInFlowType: Rule = {
  id: 'doubtful-flow-type',
  severity: 'warning',
  title: 'Whether a block is allowed in a flow of this type is told differently by two pages',
  why: 'One page of the documentation allows it and another does not, or leaves it out; nobody wrote down what the service does. It may refuse the flow.',
  source: adminGuide('end-flow-resume'),
  example: {
    failing: transfer('Resume'),
    mended: transfer('Hang up'),
  },
  check: ({ blocks, type }) =>
    type === undefined
      ? []
      : blocks
          .filter((one) => placeIn(type, one) === 'doubtful')
          .map((one) => ({
            block: one,
            message: `the documentation contradicts itself on this block in a flow of type ${type}`,
            fix: 'Publish the flow on an instance that serves no customers first, or do without the block here.',
          })),
};

/** Blocks and conditions that chats and tasks have, and calls do not. */
const servesOtherChannels = (blocks: readonly Block[]): boolean =>
  blocks.some(
    ({ type, parameters }) =>
      (type === 'Compare' && parameters.ComparisonValue === '$.Channel') ||
      (type === 'Wait' && parameters.Events !== undefined) ||
      type === 'ShowView',
  );

const wait = (parameters: object, answers: Record<string, string>) =>
  block(
    'Wait',
    'Wait',
    { TimeLimitSeconds: '60', ...parameters },
    next('Apologise', { NoMatchingError: 'Apologise' }, answers),
  );

const waitOnVoice: Rule = {
  id: 'wait-on-voice',
  severity: 'warning',
  title: 'A call cannot wait in this block',
  why: 'On a call, a wait takes its Error branch at once unless it keeps running or waits for an event, and outside contact flows always. Chats and tasks wait; a flow that checks $.Channel, or waits for a chat to go on, is taken to be for them, too.',
  source: adminGuide('wait'),
  example: {
    failing: { blocks: [wait({}, { WaitCompleted: 'Apologise' })] },
    mended: {
      blocks: [
        wait(
          { ContinueExecution: 'True', MinimumWaitTimeSeconds: '5' },
          { Continue: 'Apologise', WaitCompleted: 'Apologise' },
        ),
      ],
    },
  },
  check: ({ blocks, type }) =>
    servesOtherChannels(blocks)
      ? []
      : blocks
          .filter((one) => one.type === 'Wait' && !(waitsOnACall(one) && callsMayWaitIn(type)))
          .map((one) => ({
            block: one,
            message: 'a call does not wait here, and goes on along NoMatchingError',
            fix: 'Let it keep running (ContinueExecution), check $.Channel before it, or play silence of that length in its place.',
          })),
};

const callsMayWaitIn = (type: FlowType | undefined): boolean =>
  type === undefined || unrestrictedAnd('CONTACT_FLOW').includes(type);

/** Does it keep running, or wait for something that it does not share with chats alone? */
const waitsOnACall = ({ parameters, problems }: Block): boolean =>
  String(parameters.ContinueExecution).toLowerCase() === 'true' || problems.some(({ kind }) => kind === 'doubtful');

export const FLOW_TYPE_RULES: readonly Rule[] = [notInFlowType, doubtfulInFlowType, waitOnVoice];
