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
  why: 'The flow has a prompt that speaks of the recording, and it comes too late. Many laws ask for the announcement first. Where IVRRecordingBehavior is Enabled, the menus are recorded from that block on; a talk with an agent is recorded when the agent joins, so that the announcement may come between the block and the transfer. The rule keeps silent where no prompt of the flow speaks of it: another flow, or a recorded prompt, may.',
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
              message: 'a call can come to it before it has heard that it is recorded',
              fix: 'Put it behind the prompt that says so.',
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
            message: `a call can come over it to an agent, by "${agent.id}", before it has heard that it is recorded`,
            fix: `Put the prompt that says so on every way to "${agent.id}".`,
          },
        ];
      });
  },
};

/** Types after which an agent joins, and with the agent the recording of the talk begins. */
const BRINGS_AN_AGENT = new Set([
  'DequeueContactAndTransferToQueue',
  'RouteContactToAgent',
  'TransferContactToAgent',
  'TransferContactToQueue',
]);

/** Does a prompt speak of recording, in one of the languages of Amazon Connect's customers? */
const announces = ({ texts }: Block): boolean =>
  texts.some(
    ({ path, text }) =>
      /(^|\.)(Text|SSML)$/.test(path) &&
      /\b(record(ed|ing|s)?|monitored|grabad[ao]|grabar|gravad[ao]|enregistr\w+|aufge(zeichnet|nommen)|registrat[ao])\b|録音|記録|录音|錄音|녹음/i.test(
        text,
      ),
  );

const recordsMenus = (one: Block): boolean => recordingOf(one)?.IVRRecordingBehavior === 'Enabled';

/** Does the block switch on that the customer is recorded while an agent is there? */
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
  title: 'A talk is to be analysed of which not both sides are recorded',
  why: 'The documentation allows the analysis of a talk only where the agent and the customer are recorded; otherwise the flow may be refused, or nothing is analysed.',
  source: doc('contact-actions-updatecontactrecordingbehavior'),
  example: { failing: { blocks: [analyse('Agent')] }, fixed: { blocks: [analyse('Agent', 'Customer')] } },
  check: ({ blocks }) =>
    blocks.filter(analysesTooLittle).map((one) => ({
      block: one,
      message: 'its AnalyticsBehavior is enabled, and RecordedParticipants has not both Agent and Customer',
      fix: 'Record both, or switch the analysis off.',
    })),
};

function analysesTooLittle({ type, parameters: { RecordingBehavior, AnalyticsBehavior } }: Block): boolean {
  if (type !== 'UpdateContactRecordingBehavior' || !isObject(RecordingBehavior) || !isObject(AnalyticsBehavior)) {
    return false;
  }
  const { RecordedParticipants: recorded } = RecordingBehavior;
  const isOn = String(AnalyticsBehavior.Enabled).toLowerCase() === 'true';
  // Neither a chat nor a talk with a bot is recorded so.
  const others = /Chat|AutomatedInteraction/.test(JSON.stringify(AnalyticsBehavior));
  return isOn && !others && Array.isArray(recorded) && !['Agent', 'Customer'].every((side) => recorded.includes(side));
}

export const RECORDING_RULES: readonly Rule[] = [recordingBeforeConsent, analysisOfOneSide];
