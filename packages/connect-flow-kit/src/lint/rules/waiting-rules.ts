import { PLAYS_ON } from '../block-roles.ts';
import { entrances, reachable } from '../circles.ts';
import { block, next, say } from '../example.ts';
import type { Block, LintedFlow } from '../linted-flow.ts';
import { isForNoCalls } from '../other-channels.ts';
import { adminGuide } from '../pages.ts';
import type { Rule } from '../rule.ts';

const inQueue = { Metadata: { type: 'customerQueue' } };
const loopPrompts = (...texts: string[]) =>
  block('Wait', PLAYS_ON, { Messages: texts.map((Text) => ({ Text })) }, { Errors: [] });

/** @see https://docs.aws.amazon.com/connect/latest/adminguide/loop-prompts.html */
const NOT_BEFORE_LOOP_PROMPTS = new Set([
  'ConnectParticipantWithLexBot',
  'CreateCallbackContact',
  'DequeueContactAndTransferToQueue',
  'GetParticipantInput',
  'Loop',
  'MessageParticipant',
  'TransferContactToQueue',
  'TransferParticipantToThirdParty',
  'UpdateContactMediaStreamingBehavior',
]);

const beforeLoopPrompts: Rule = {
  id: 'before-loop-prompts',
  severity: 'warning',
  title: 'A block comes before Loop prompts that may not come there',
  why: 'The documentation allows no Play prompt, no input, no Loop, no media streaming and no transfer before Loop prompts. Some such flows were published all the same; whether they play as they should is unknown.',
  source: adminGuide('loop-prompts'),
  example: {
    failing: { document: inQueue, blocks: [say('Welcome', 'One moment.', 'Wait'), loopPrompts('Please wait.')] },
    fixed: { document: inQueue, blocks: [loopPrompts('One moment.', 'Please wait.')] },
  },
  check: (flow) => {
    const enteredFrom = entrances(flow);
    return flow.blocks
      .filter(({ type }) => type === PLAYS_ON)
      .flatMap((prompts) => {
        const before = reachable(enteredFrom(prompts), (one) => (one.type === PLAYS_ON ? [] : enteredFrom(one)));
        const wrong = flow.blocks.filter((one) => before.has(one) && NOT_BEFORE_LOOP_PROMPTS.has(one.type));
        if (wrong.length === 0) return [];
        return [
          {
            block: prompts,
            message: `a call can reach it from ${wrong.map(({ id, type }) => `"${id}" (${type})`).join(', ')}, which may not come before it`,
            fix: 'Put what is said first into its messages, and let the flow resume (EndFlowExecution) after an interruption.',
          },
        ];
      });
  },
};

/** How long an agent's phone rings; meanwhile a contact cannot be taken out of the queue. */
const RINGING_SECONDS = 20;

const interrupted = (InterruptFrequencySeconds: string) =>
  block(
    'Wait',
    PLAYS_ON,
    { Messages: [{ Text: 'Please wait.' }], InterruptFrequencySeconds },
    next('Resume', { NoMatchingError: 'Resume' }, { MessagesInterrupted: 'Resume' }),
  );

const interruptTooSoon: Rule = {
  id: 'interrupt-too-soon',
  severity: 'warning',
  title: `Loop prompts are interrupted after ${RINGING_SECONDS} seconds or less`,
  why: `An agent's phone rings for ${RINGING_SECONDS} seconds, during which the customer cannot be taken out of the queue: what the interruption wants to do may fail.`,
  source: adminGuide('loop-prompts'),
  example: {
    failing: { document: inQueue, blocks: [interrupted('20')] },
    fixed: { document: inQueue, blocks: [interrupted('21')] },
  },
  check: ({ blocks }) =>
    blocks
      .filter(({ type, parameters: { InterruptFrequencySeconds } }) => {
        return type === PLAYS_ON && Number(InterruptFrequencySeconds ?? Number.NaN) <= RINGING_SECONDS;
      })
      .map((one) => ({
        block: one,
        message: `InterruptFrequencySeconds is ${JSON.stringify(one.parameters.InterruptFrequencySeconds)}`,
        fix: `Write more than ${RINGING_SECONDS}.`,
      })),
};

const WAITS = 'Wait';
const pause = (parameters: Readonly<Record<string, unknown>>, conditions: Readonly<Record<string, string>>) =>
  block('Pause', WAITS, parameters, next('Apologise', { NoMatchingError: 'Apologise' }, conditions));

const waitOnTheLine: Rule = {
  id: 'wait-on-a-call',
  severity: 'warning',
  title: 'A flow for calls has a Wait block',
  why: 'On a voice call, a Wait block takes its error branch, unless it keeps running while it waits or waits for an event. The rule reports nothing if the flow appears to be for chats or tasks.',
  source: adminGuide('wait'),
  example: {
    failing: { blocks: [pause({ TimeLimitSeconds: '60' }, { WaitCompleted: 'Apologise' })] },
    fixed: {
      blocks: [
        pause(
          { TimeLimitSeconds: '60', ContinueExecution: 'True', MinimumWaitTimeSeconds: '60' },
          { WaitCompleted: 'Apologise', Continue: 'Apologise' },
        ),
      ],
    },
  },
  check: (flow) => {
    const waiting = flow.blocks.filter((one) => one.type === WAITS && !keepsRunning(one));
    if (waiting.length === 0 || isForOtherChannels(flow)) return [];
    return waiting.map((one) => ({
      block: one,
      message: 'on a call it takes its error branch at once',
      fix: 'Let it keep running while it waits (ContinueExecution), or play a prompt with a pause in it.',
    }));
  },
};

/** It continues with other blocks, or waits for something that its parameters name. */
const keepsRunning = ({ parameters }: Block): boolean =>
  String(parameters.ContinueExecution).toLowerCase() === 'true' ||
  Object.keys(parameters).some((key) => !PLAIN_WAIT.has(key));
const PLAIN_WAIT = new Set(['TimeLimitSeconds', 'TimeoutSeconds', 'Events', 'ContinueExecution']);

/** Nobody holds a line for longer. */
const LONG_SECONDS = 600;

/** Is the flow not, or not only, for calls: does something in it look at the channel or mention a chat? */
const isForOtherChannels = (flow: LintedFlow): boolean =>
  isForNoCalls(flow) ||
  flow.blocks.some(
    ({ type, parameters }) =>
      /\$\.Channel\b|\bchat|チャット/i.test(JSON.stringify(parameters)) ||
      (type === WAITS && Number(parameters.TimeLimitSeconds) > LONG_SECONDS),
  );

export const WAITING_RULES: readonly Rule[] = [beforeLoopPrompts, interruptTooSoon, waitOnTheLine];
