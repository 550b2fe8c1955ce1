import type { CallRecord, HungUpBy } from '../../../../domain/call-record.ts';
import type { OwnReason } from '../../../../domain/call-request.ts';
import { disconnectWords } from '../../../../domain/disconnect-words.ts';
import type { Sentence } from '../../../../domain/outcome-row.ts';
import { describeEnding } from '../../../../domain/outcomes.ts';
import { RECORD_STATUS_WORDS } from '../../../../domain/record-status-words.ts';
import { momentIn } from '../../../../domain/wall-clock.ts';
import { INCOMING_WORDS, KIND_WORDS, RECORD_WORDS, userTypeWords, withRaw } from './code-words.ts';
import { errorInWords } from './error-words.ts';

const HUNG_UP_BY: Record<HungUpBy, Sentence> = {
  customer: { ja: 'お客様', en: 'the customer' },
  agent: { ja: 'オペレーター', en: 'the agent' },
  flow: { ja: 'コンタクトフロー', en: 'the contact flow' },
  network: { ja: '電話網', en: 'the network' },
  system: { ja: '外部からの終了操作', en: 'stopped from outside' },
};
const KIND: Record<NonNullable<CallRecord['kind']>, Sentence> = {
  inbound: { ja: 'お客様からの着信', en: 'a customer called' },
  by_hand: { ja: 'オペレーターによる手動の発信', en: 'an agent dialled by hand' },
};
const BECAUSE: Record<OwnReason, Sentence> = {
  not_reached: { ja: '前のお電話がつながらなかった', en: 'the previous call reached nobody' },
  call_back: { ja: '折り返しのご希望', en: 'a call-back was requested' },
};
/** Attributes set by the shipped flows: `name=value`. */
const FLOW_ATTRIBUTES: Readonly<Record<string, Sentence>> = {
  'call_result=no_key_pressed': { ja: '数字の 1 が押されなかった', en: 'nobody pressed 1' },
  'call_result=call_back': { ja: '折り返しを希望', en: 'asked to be called back' },
  'called_back=true': { ja: 'お客様からの折り返し', en: 'the customer called back' },
};
const YES: Sentence = { ja: 'はい', en: 'yes' };
const NO: Sentence = { ja: 'いいえ', en: 'no' };

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** Coded values of record fields, by the field's name. */
const CODES: Readonly<Record<string, Readonly<Record<string, Sentence>>>> = {
  status: RECORD_STATUS_WORDS,
  hungUpBy: HUNG_UP_BY,
  kind: KIND,
  because: BECAUSE,
  class: KIND_WORDS,
};

/** Name of a record field; undefined if unknown. Inbound calls have names of their own, as they were not placed. */
export function fieldInWords(name: string, { kind }: Pick<CallRecord, 'kind'>): Sentence | undefined {
  const own = kind === 'inbound' && Object.hasOwn(INCOMING_WORDS, name) ? INCOMING_WORDS[name] : undefined;
  return own ?? (RECORD_WORDS as Partial<Record<string, Sentence>>)[name];
}

/**
 * The value of a field of a record or contact, in words with the raw value; times in the stage's zone.
 *
 * @param record of the field: a reason is explained by its outcome
 */
export function valueInWords(
  name: string,
  value: unknown,
  { timeZone, record }: { timeZone: string; record?: CallRecord | undefined },
): Sentence {
  const raw = Array.isArray(value) ? value.join(', ') : String(value);
  if (name === 'expiresAt' && typeof value === 'number') {
    return same(`${momentIn(new Date(value * 1_000).toISOString(), timeZone)} (${raw})`);
  }
  if (typeof value === 'boolean') return withRaw(value ? YES : NO, raw);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return attributesInWords(value);
  if (TIME.test(raw)) return same(`${momentIn(raw, timeZone)} (${raw})`);
  if (name === 'userType') return userTypeWords(raw);
  if (name === 'lastError') return errorInWords(raw);
  const words = wordsOfCode(name, raw, record);
  return words ? withRaw(words, raw) : same(raw);
}

function wordsOfCode(name: string, raw: string, record: CallRecord | undefined): Sentence | undefined {
  if (name === 'disconnectReason') return disconnectWords(raw);
  if (record?.outcome !== undefined && (name === 'outcome' || name === 'reason')) {
    return describeEnding({ outcome: record.outcome, reason: record.reason ?? '' })[name];
  }
  const codes = CODES[name];
  return codes && Object.hasOwn(codes, raw) ? codes[raw] : undefined;
}

function attributesInWords(attributes: object): Sentence {
  const parts = Object.entries(attributes).map(([name, value]) => {
    const raw = `${name}=${value}`;
    const words = Object.hasOwn(FLOW_ATTRIBUTES, raw) ? FLOW_ATTRIBUTES[raw] : undefined;
    return words ? withRaw(words, raw) : same(raw);
  });
  return { ja: parts.map(({ ja }) => ja).join('、'), en: parts.map(({ en }) => en).join(', ') };
}

const same = (text: string): Sentence => ({ ja: text, en: text });
