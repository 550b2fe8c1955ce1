import { CATALOGUE } from '../../catalogue/catalogue.ts';
import { doc, live } from '../../catalogue/shared.ts';
import { block, next, say } from '../example.ts';
import type { Rule } from '../rule.ts';

/** Names that people and old pages give to a block, all of them refused → the type they mean. */
const MEANT: Readonly<Record<string, string>> = {
  CheckCondition: 'Compare',
  CheckQueueStatus: 'CheckMetricData',
  CheckStaffing: 'CheckMetricData',
  Distribute: 'DistributeByPercentage',
  LoopPrompts: 'MessageParticipantIteratively',
  PlayPrompt: 'MessageParticipant',
  ReturnFromFlowModule: 'EndFlowModuleExecution',
  SendMessage: 'MessageParticipant',
  SetCallbackNumber: 'UpdateContactCallbackNumber',
  SetLoggingBehavior: 'UpdateFlowLoggingBehavior',
  SetRecordingBehavior: 'UpdateContactRecordingBehavior',
  SetWorkingQueue: 'UpdateContactTargetQueue',
  StartMediaStreaming: 'UpdateContactMediaStreamingBehavior',
  StoreUserInput: 'GetParticipantInput',
  TransferToAgent: 'TransferContactToAgent',
  TransferToPhoneNumber: 'TransferParticipantToThirdParty',
  TransferToQueue: 'TransferContactToQueue',
  TransferToThirdParty: 'TransferParticipantToThirdParty',
  UnTagContact: 'UntagContact',
  UpdateContactRoutingData: 'UpdateContactRoutingBehavior',
  UpdateRoutingCriteria: 'UpdateContactRoutingCriteria',
};

/** Of a flow's beginning, which is no block at all. */
const BEGINNINGS = new Set(['EntryPoint', 'Trigger']);

const meantBy = (type: string): string | undefined =>
  (Object.hasOwn(MEANT, type) ? MEANT[type] : undefined) ??
  [...CATALOGUE.keys()].find((known) => known.toLowerCase() === type.toLowerCase());

const isInvented = (type: string): boolean => BEGINNINGS.has(type) || meantBy(type) !== undefined;

const inventedType: Rule = {
  id: 'no-such-type',
  severity: 'error',
  title: 'A block has a type under which the service knows no block',
  why: 'These names are often written, in older pages too, and the service refuses every one of them.',
  source: live('each of the names was refused'),
  example: {
    failing: { blocks: [block('Welcome', 'PlayPrompt', { Text: 'Good morning.' }, next('Hang up'))] },
    mended: { blocks: [say('Welcome', 'Good morning.', 'Hang up')] },
  },
  check: ({ blocks }) =>
    blocks
      .filter(({ type, spec }) => spec === undefined && isInvented(type))
      .map((one) => ({
        block: one,
        message: `there is no block type ${one.type}`,
        fix: BEGINNINGS.has(one.type)
          ? 'Remove the block, and let StartAction name the one after it.'
          : `Write ${meantBy(one.type)}, with the parameters it takes.`,
      })),
};

const unknownType: Rule = {
  id: 'unknown-type',
  severity: 'warning',
  title: 'A block has a type that is not in the catalogue',
  why: 'It may be new, or misspelt. Nothing but its transitions is checked.',
  source: doc('flow-language-actions'),
  example: {
    failing: {
      blocks: [block('Score', 'UpdateContactMood', {}, next('Apologise', { NoMatchingError: 'Apologise' }))],
    },
    mended: {
      blocks: [
        block(
          'Score',
          'UpdateContactAttributes',
          { Attributes: { mood: 'good' } },
          next('Apologise', { NoMatchingError: 'Apologise' }),
        ),
      ],
    },
  },
  check: ({ blocks }) =>
    blocks
      .filter(({ type, spec }) => spec === undefined && !isInvented(type))
      .map((one) => ({
        block: one,
        message: `the type ${one.type} is not in the catalogue`,
        fix: `Look whether it is spelt as the flow designer exports it${suggestion(one.type)}.`,
      })),
};

/** The type of the block whose name in the flow designer stands in this one; of several, the longest name counts. */
function suggestion(type: string): string {
  const names = [...CATALOGUE.values()].flatMap((spec) =>
    spec.block.split(/[/(]/).map((name) => ({ meant: spec.type, letters: lettersOf(name) })),
  );
  const [near] = names
    .filter(({ letters }) => lettersOf(type).includes(letters))
    .sort((one, other) => other.letters.length - one.letters.length);
  return near === undefined ? '' : `; ${near.meant} perhaps`;
}

const lettersOf = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');

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
    blocks.flatMap((one) =>
      type === undefined || one.spec === undefined || one.spec.flowTypes.includes(type)
        ? []
        : [
            {
              block: one,
              message: `a flow of type ${type} may not have this block`,
              fix: `Use it in ${one.spec.flowTypes.join(', ')} only.`,
            },
          ],
    ),
};

export const FLOW_TYPE_RULES: readonly Rule[] = [inventedType, unknownType, notInFlowType];
