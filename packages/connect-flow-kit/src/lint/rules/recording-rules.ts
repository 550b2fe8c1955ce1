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
  why: 'The flow has a prompt that speaks of the recording, and a call can come to the block that switches it on without having heard it. Many laws ask for the announcement first, and the menus are recorded from that block on where IVRRecordingBehavior is Enabled. The rule keeps silent where no prompt of the flow speaks of it: another flow, or a recorded prompt, may.',
  source: adminGuide('set-recording-behavior'),
  example: {
    failing: { blocks: [record('Announce'), announcement('Hang up')] },
    mended: { blocks: [announcement('Record'), record('Hang up')] },
  },
  check: ({ blocks, start }) => {
    if (!start || !blocks.some(announces)) return [];
    const untold = reachable([start], (one) => (announces(one) ? [] : one.exits.map(({ to }) => to)));
    return blocks
      .filter((one) => untold.has(one) && recordsTheCustomer(one))
      .filter((one) => [...reachable([one], ({ exits }) => exits.map(({ to }) => to))].some(announces))
      .map((one) => ({
        block: one,
        message: 'a call can come to it before it has heard that it is recorded',
        fix: 'Put it behind the prompt that says so.',
      }));
  },
};

/** Does a prompt speak of recording, in one of the languages of Amazon Connect's customers? */
const announces = ({ texts }: Block): boolean =>
  texts.some(
    ({ path, text }) =>
      /(^|\.)(Text|SSML)$/.test(path) &&
      /\b(record(ed|ing|s)?|monitored|grabad[ao]|grabar|gravad[ao]|enregistr\w+|aufge(zeichnet|nommen)|registrat[ao])\b|録音|記録|录音|錄音|녹음/i.test(
        text,
      ),
  );

/** Does the block switch on that the customer is recorded, by an agent's side or in the menus? */
function recordsTheCustomer({ type, parameters }: Block): boolean {
  const behaviour =
    type === 'UpdateContactRecordingBehavior'
      ? parameters.RecordingBehavior
      : type === 'UpdateContactRecordingAndAnalyticsBehavior' && isObject(parameters.VoiceBehavior)
        ? parameters.VoiceBehavior.VoiceRecordingBehavior
        : undefined;
  if (!isObject(behaviour)) return false;
  const { RecordedParticipants: participants, IVRRecordingBehavior: menus } = behaviour;
  return menus === 'Enabled' || (Array.isArray(participants) && participants.includes('Customer'));
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
  example: { failing: { blocks: [analyse('Agent')] }, mended: { blocks: [analyse('Agent', 'Customer')] } },
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
