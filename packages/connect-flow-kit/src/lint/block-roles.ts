import type { FlowType } from '../flow-types.ts';
import type { Block } from './linted-flow.ts';

/**
 * What blocks do to the people on the line, where their parameters do not show it. Types that are not in the catalogue are
 * in none of these.
 */

/** Ends the flow; the call continues if there is something to continue with. */
export const ENDS_THE_FLOW = 'EndFlowExecution';

/**
 * Does the block end the call? In a contact flow, so does the end of the flow.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/end-flow-resume.html
 */
export const hangsUp = ({ type }: Block, flowType: FlowType | undefined): boolean =>
  type === 'DisconnectParticipant' || (type === ENDS_THE_FLOW && flowType === 'CONTACT_FLOW');

/** Plays over and over until the wait is over. */
export const PLAYS_ON = 'MessageParticipantIteratively';

/** Runs a flow of its own, which may speak, set a voice, a queue or attributes. */
export const RUNS_A_MODULE = 'InvokeFlowModule';

/** Shows something on a screen: its reader looks, and does not listen. */
export const SHOWS = 'ShowView';

/** Tells a person from a voicemail, which needs no goodbye. */
export const TELLS_VOICEMAIL = 'CheckOutboundCallStatus';

/** Does what the customer called for or was asked for: it takes time, and the customer must hear of its failure. */
const SERVES = new Set([
  'AuthenticateParticipant',
  'CompleteOutboundCall',
  'ConnectParticipantWithAgenticCX',
  'ConnectParticipantWithLexBot',
  'CreateCallbackContact',
  'GetParticipantInput',
  RUNS_A_MODULE,
  SHOWS,
  'TransferParticipantToThirdParty',
]);

/** Counts its rounds, and starts again when they are done. */
export const COUNTS = 'Loop';

const MESSAGE = ['Text', 'SSML', 'PromptId', 'Media', 'Messages'];

/** Does the customer hear anything from this block, according to its parameters? */
export const speaks = ({ parameters }: Block): boolean => MESSAGE.some((key) => Object.hasOwn(parameters, key));

export const serves = ({ type }: Block): boolean => SERVES.has(type);

/** Does it wait for the customer to press or say something? */
export const asks = ({ type }: Block): boolean =>
  type === 'GetParticipantInput' || type === 'ConnectParticipantWithLexBot';

/** Does it let time pass? */
export const pauses = (block: Block): boolean => serves(block) || block.type === 'Wait';
