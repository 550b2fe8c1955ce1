import { doc } from '../../catalogue/shared.ts';
import type { FlowType } from '../../flow-types.ts';
import { say } from '../example.ts';
import type { Block } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import type { Rule } from '../rule.ts';

const notInFlowType: Rule = {
  id: 'not-in-flow-type',
  severity: 'error',
  title: 'A block is not allowed in a flow of this type',
  why: 'Each block is meant for certain types of flow: a whisper cannot hang up, and only a queue flow can be resumed.',
  source: doc('flow-language-actions'),
  example: {
    failing: {
      document: { Metadata: { type: 'agentWhisper' } },
      blocks: [say('Announce', 'A customer from the web site.', 'Hang up')],
    },
    fixed: {
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

/** A flow on the agent's side of a transfer that speaks one prompt. */
const transfer = (then: string) => ({
  document: { Metadata: { type: 'agentTransfer' } },
  blocks: [say('Announce', 'You are being connected.', then)],
});

const doubtfulInFlowType: Rule = {
  id: 'doubtful-flow-type',
  severity: 'warning',
  title: 'Two pages disagree on whether a block is allowed in a flow of this type',
  why: 'One page of the documentation allows it, and another does not or leaves it out; what the service does is not documented. It may refuse the flow.',
  source: adminGuide('end-flow-resume'),
  example: {
    failing: transfer('Resume'),
    fixed: transfer('Hang up'),
  },
  check: ({ blocks, type }) =>
    type === undefined
      ? []
      : blocks
          .filter((one) => placeIn(type, one) === 'doubtful')
          .map((one) => ({
            block: one,
            message: `the documentation contradicts itself on this block in a flow of type ${type}`,
            fix: 'Publish the flow first on an instance that serves no customers, or do without the block here.',
          })),
};

export const FLOW_TYPE_RULES: readonly Rule[] = [notInFlowType, doubtfulInFlowType];
