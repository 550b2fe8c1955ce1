import { doc } from '../../catalogue/shared.ts';
import { isObject } from '../../document.ts';
import { reachable } from '../circles.ts';
import { block, next, say } from '../example.ts';
import type { Block } from '../linted-flow.ts';
import { adminGuide } from '../pages.ts';
import type { Rule } from '../rule.ts';

const record = (then: string) =>
  block(
    'Record',
    'UpdateContactRecordingBehavior',
    { RecordingBehavior: { RecordedParticipants: ['Agent', 'Customer'], IVRRecordingBehavior: 'Enabled' } },
    next(then),
  );
const announcement = (then: string) => say('Announce', 'This call is recorded.', then);

const recordingBeforeConsent: Rule = {
  id: 'recording-before-announcement',
  severity: 'warning',
  title: 'A call is recorded before the customer is told',
  why: 'The flow has a prompt that announces the recording, but it comes too late. Many laws require the announcement first. If IVRRecordingBehavior is Enabled, the menus are recorded from that block on; a conversation with an agent is recorded once the agent joins, so the announcement may come between the block and the transfer. The rule reports nothing if no prompt of the flow mentions recording, since another flow or a recorded prompt may.',
  source: adminGuide('about-recording-behavior'),
  example: {
    failing: { blocks: [record('Announce'), announcement('Hang up')] },
    fixed: { blocks: [announcement('Record'), record('Hang up')] },
  },
  check: ({ blocks, start }) => {
    if (!start || !blocks.some(announces)) return [];
    const exitsOf = ({ exits }: Block): Block[] => exits.map(({ to }) => to);
    const untold = (from: Block) => reachable([from], (one) => (announces(one) ? [] : exitsOf(one)));
    const untoldInCalls = untold(start);
    return blocks
      .filter((one) => untoldInCalls.has(one) && [...reachable([one], exitsOf)].some(announces))
      .flatMap((one) => {
        if (recordsMenus(one)) {
          return [
            {
              block: one,
              message: 'a call can reach it before the customer has heard that it is recorded',
              fix: 'Put it after the prompt that says so.',
            },
          ];
        }
        const agent = recordsTheCustomer(one)
          ? [...untold(one)].find(({ type }) => BRINGS_AN_AGENT.has(type))
          : undefined;
        if (!agent) return [];
        return [
          {
            block: one,
            message: `a call can pass it and reach an agent, through "${agent.id}", before the customer has heard that it is recorded`,
            fix: `Put the prompt that says so on every path to "${agent.id}".`,
          },
        ];
      });
  },
};

/** Types after which an agent joins, which starts the recording of the conversation. */
const BRINGS_AN_AGENT = new Set([
  'DequeueContactAndTransferToQueue',
  'RouteContactToAgent',
  'TransferContactToAgent',
  'TransferContactToQueue',
]);

/** Does a prompt mention recording, in one of the languages of Amazon Connect's customers? */
const announces = ({ texts }: Block): boolean =>
  texts.some(
    ({ path, text }) =>
      /(^|\.)(Text|SSML)$/.test(path) &&
      /\b(record(ed|ing|s)?|monitored|grabad[ao]|grabar|gravad[ao]|enregistr\w+|aufge(zeichnet|nommen)|registrat[ao])\b|録音|記録|录音|錄音|녹음/i.test(
        text,
      ),
  );

const recordsMenus = (one: Block): boolean => recordingOf(one)?.IVRRecordingBehavior === 'Enabled';

/** Does the block turn on recording of the customer while an agent is connected? */
function recordsTheCustomer(one: Block): boolean {
  const participants = recordingOf(one)?.RecordedParticipants;
  return Array.isArray(participants) && participants.includes('Customer');
}

function recordingOf({ type, parameters }: Block): Record<string, unknown> | undefined {
  const behaviour =
    type === 'UpdateContactRecordingBehavior'
      ? parameters.RecordingBehavior
      : type === 'UpdateContactRecordingAndAnalyticsBehavior' && isObject(parameters.VoiceBehavior)
        ? parameters.VoiceBehavior.VoiceRecordingBehavior
        : undefined;
  return isObject(behaviour) ? behaviour : undefined;
}

const analyse = (...RecordedParticipants: string[]) =>
  block(
    'Record',
    'UpdateContactRecordingBehavior',
    {
      RecordingBehavior: { RecordedParticipants },
      AnalyticsBehavior: {
        Enabled: 'True',
        AnalyticsLanguage: 'ja-JP',
        ChannelConfiguration: { Voice: { AnalyticsModes: ['PostContact'] } },
      },
    },
    next('Apologise'),
  );

const analysisOfOneSide: Rule = {
  id: 'analysis-of-one-side',
  severity: 'warning',
  title: 'A conversation is to be analysed, but not both sides are recorded',
  why: 'The documentation allows the analysis of a conversation only if the agent and the customer are recorded; otherwise the flow may be refused, or nothing is analysed.',
  source: doc('contact-actions-updatecontactrecordingbehavior'),
  example: { failing: { blocks: [analyse('Agent')] }, fixed: { blocks: [analyse('Agent', 'Customer')] } },
  check: ({ blocks }) =>
    blocks.filter(analysesTooLittle).map((one) => ({
      block: one,
      message: 'its AnalyticsBehavior is enabled, but RecordedParticipants does not have both Agent and Customer',
      fix: 'Record both, or switch the analysis off.',
    })),
};

function analysesTooLittle({ type, parameters: { RecordingBehavior, AnalyticsBehavior } }: Block): boolean {
  if (type !== 'UpdateContactRecordingBehavior' || !isObject(RecordingBehavior) || !isObject(AnalyticsBehavior)) {
    return false;
  }
  const { RecordedParticipants: recorded } = RecordingBehavior;
  const isOn = String(AnalyticsBehavior.Enabled).toLowerCase() === 'true';
  // Neither a chat nor a conversation with a bot is recorded this way.
  const others = /Chat|AutomatedInteraction/.test(JSON.stringify(AnalyticsBehavior));
  return isOn && !others && Array.isArray(recorded) && !['Agent', 'Customer'].every((side) => recorded.includes(side));
}

export const RECORDING_RULES: readonly Rule[] = [recordingBeforeConsent, analysisOfOneSide];
