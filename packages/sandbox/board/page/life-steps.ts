import { callDurations } from '../../../../domain/call-durations.ts';
import type { HungUpBy } from '../../../../domain/call-record.ts';
import type { Sentence } from '../../../../domain/outcome-row.ts';
import type { RequestDetail } from '../protocol.ts';

/** Something that happened in the life of a call. */
interface LifeStep {
  /** ISO 8601; missing if the time is unknown. */
  at?: string;
  words: Sentence;
  /** Time before this step, in milliseconds, and what it was spent on. */
  took?: { ms: number; words: Sentence };
}

const TOOK = {
  toPlaced: { ja: 'お申し込みから', en: 'after' },
  rang: { ja: '呼び出し', en: 'rang' },
  waited: { ja: '待ち', en: 'waited' },
  talked: { ja: '通話', en: 'talked' },
  withVoicemail: { ja: '留守番電話', en: 'voicemail' },
} as const satisfies Record<string, Sentence>;

const HUNG_UP: Readonly<Record<HungUpBy, Sentence>> = {
  customer: { ja: 'お客様が電話を切りました。', en: 'The customer hung up.' },
  agent: { ja: 'オペレーターが電話を切りました。', en: 'The agent hung up.' },
  flow: { ja: 'コンタクトフローが電話を切りました。', en: 'The contact flow hung up.' },
  network: { ja: '電話網で通話が切れました。', en: 'The network ended the call.' },
  system: { ja: '通話が打ち切られました。', en: 'The call was stopped from outside.' },
};
const OVER: Sentence = { ja: '通話が終わりました。', en: 'The call ended.' };
const ANSWERED: Sentence = { ja: '電話に出ました。', en: 'It was answered.' };
const BY_VOICEMAIL: Sentence = { ja: '留守番電話が応答しました。', en: 'A voicemail answered.' };
const NOT_CONNECTED: Sentence = { ja: 'つながらないまま終わりました。', en: 'It ended without a connection.' };
const LOST: Sentence = { ja: '結果が分からないまま、記録を閉じました。', en: 'Its end was never reported.' };

/** What happened from the click to the hang-up, as far as record and call know; empty for a request without a call. */
export function lifeSteps({
  record,
  contact,
  outcome,
}: Pick<RequestDetail, 'record' | 'contact' | 'outcome'>): LifeStep[] {
  if (record === null || outcome === 'duplicate') return [];
  const { kind, requestedAt, placedAt, answeredAt, queuedAt, agentMissed, endedAt, hungUpBy } = record;
  if (kind === undefined && placedAt === undefined && contact === null) return [];
  const times = callDurations(record);
  const took = (what: keyof typeof times & keyof typeof TOOK) => {
    const ms = times[what];
    const words = what === 'talked' && contact?.voicemail ? TOOK.withVoicemail : TOOK[what];
    return ms === undefined ? {} : { took: { ms, words } };
  };
  const when = (at: string | undefined, words: Sentence, more: Pick<LifeStep, 'took'> = {}): LifeStep[] =>
    at === undefined ? [] : [{ at, words, ...more }];

  const begun =
    kind === 'inbound'
      ? when(requestedAt, record.callBackOf === undefined ? CALLED : CALLED_BACK)
      : [
          ...when(requestedAt, { ja: 'お客様が電話を申し込みました。', en: 'The customer asked for a call.' }),
          ...when(
            placedAt,
            { ja: 'Amazon Connect が発信を受け付けました。', en: 'Amazon Connect accepted the call.' },
            took('toPlaced'),
          ),
          ...when(answeredAt, contact?.voicemail ? BY_VOICEMAIL : ANSWERED, took('rang')),
        ];
  const isOver = outcome !== undefined && outcome !== 'call_placed';
  const over = (): LifeStep[] => {
    if (outcome === 'lost') return when(endedAt, LOST);
    if (record.agentAt !== undefined) return when(endedAt, hungUpBy ? HUNG_UP[hungUpBy] : OVER, took('talked'));
    if (answeredAt !== undefined) return when(endedAt, hungUpBy ? HUNG_UP[hungUpBy] : OVER, took('waited'));
    return when(endedAt, NOT_CONNECTED, took('rang'));
  };
  return [
    ...begun,
    ...when(queuedAt, { ja: 'オペレーターを待ち始めました。', en: 'The wait for an agent began.' }),
    ...(agentMissed
      ? [{ words: { ja: 'オペレーターが電話に出ませんでした。', en: 'An agent missed the call.' } }]
      : []),
    ...agentsOf(record, contact, took('waited')),
    ...(isOver ? over() : []),
    ...when(record.calledBackAt, {
      ja: 'お客様から折り返しのお電話をいただきました。',
      en: 'The customer called back.',
    }),
  ];
}

/** The agents who took the call, and the transfers between them. */
function agentsOf(
  { agentAt, transferredTo = [] }: NonNullable<RequestDetail['record']>,
  contact: RequestDetail['contact'],
  waited: Pick<LifeStep, 'took'>,
): LifeStep[] {
  // The call itself is forgotten earlier than its record.
  const forgotten: NonNullable<RequestDetail['contact']>['legs'] = [
    { id: '', startedAt: '', ...(agentAt !== undefined && { agentAt }) },
    ...transferredTo.map((id) => ({ id, startedAt: '' })),
  ];
  const legs = contact?.legs ?? forgotten;
  const first = legs.find((leg) => leg.agentAt !== undefined);
  return legs.flatMap((leg, index) => {
    const { startedAt, agent } = leg;
    const transfer: LifeStep = { ...(startedAt !== '' && { at: startedAt }), words: TRANSFERRED };
    const words = agent === undefined ? TAKEN : takenBy(agent);
    const taken = leg.agentAt === undefined ? [] : [{ at: leg.agentAt, words, ...(leg === first && waited) }];
    return [...(index === 0 ? [] : [transfer]), ...taken];
  });
}

const CALLED: Sentence = { ja: 'お客様からお電話をいただきました。', en: 'A customer called.' };
const CALLED_BACK: Sentence = {
  ja: 'お客様から折り返しのお電話をいただきました (電話番号からの推定)。',
  en: 'A customer called back, by the number.',
};
const TRANSFERRED: Sentence = { ja: '転送されました。', en: 'The call was transferred.' };
const TAKEN: Sentence = { ja: 'オペレーターにつながりました。', en: 'An agent took the call.' };
const takenBy = (agent: string): Sentence => ({
  ja: `オペレーター ${agent} につながりました。`,
  en: `${agent} took the call.`,
});
