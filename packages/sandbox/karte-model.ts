import { maskPhones } from '../../domain/masking.ts';
import type { Sentence } from '../../domain/outcome-row.ts';
import type { KarteSend, KarteView } from './board/protocol.ts';
import type { Delivery, Event } from './event-bus.ts';

/** What KARTE did with a krt call. */
interface KarteAnswer {
  did: Sentence;
  /** Request id of the call request, if the action created one. */
  requestId?: string;
}

/**
 * The parts of KARTE that a call request needs, set up as in docs/karte-setup.md: it keeps what a page sends with the
 * visitor, and an Amazon EventBridge action fires on the event `call_request` whose `phone_e164` exists. The action's
 * content is made of user variables, which hold the latest value of their field, whenever it was sent.
 */
export interface Karte {
  /** A page of the site calls `krt('send', event, values)`. */
  send(call: KarteSend): KarteAnswer;
  /** The action's frequency. */
  setOncePerAccess(oncePerAccess: boolean): void;
  view(): KarteView;
}

interface Options {
  /** `name` of the EventBridge action. */
  actionName: string;
  put: (event: Event) => Delivery;
  now: () => Date;
}

/** User variables of the action → event and field whose latest value they hold. */
const VARIABLES = {
  phone_e164: ['call_request', 'phone_e164'],
  user_type: ['call_request', 'user_type'],
  inquiry_type: ['call_request', 'inquiry_type'],
  track_id: ['call_request', 'track_id'],
  user_id: ['identify', 'user_id'],
  call_at: ['call_request', 'call_at'],
  call_token: ['call_request', 'call_token'],
} as const;

/** The default of a variable in docs/karte-setup.md: without one, KARTE would not fire the action. */
const WITHOUT_VALUE = 'null';

/** Of events and their fields. @see https://support.karte.io/post/2DmFyL2Dd929nRYO4wSej8 */
const NAME = /^[a-z][a-z0-9_]*$/;

/** How many krt calls and visitors are remembered. */
const CALLS_KEPT = 50;
const VISITORS_KEPT = 1_000;

interface Visitor {
  variables: Map<keyof typeof VARIABLES, string>;
  /** The access in which the action last fired. */
  firedIn?: string;
}

export function localKarte({ actionName, put, now }: Options): Karte {
  const visitors = new Map<string, Visitor>();
  const calls: KarteView['calls'] = [];
  let oncePerAccess = false;

  function visitorOf(id: string): Visitor {
    const visitor = visitors.get(id) ?? { variables: new Map() };
    // The most recent visitor is remembered longest.
    visitors.delete(id);
    visitors.set(id, visitor);
    const [oldest] = visitors.keys();
    if (visitors.size > VISITORS_KEPT && oldest !== undefined) visitors.delete(oldest);
    return visitor;
  }

  function take({ visitor: id, access, event, values }: KarteSend): KarteAnswer {
    const names = [event, ...Object.keys(values)];
    if (!names.every((name) => NAME.test(name))) return { did: DID.refused };
    const visitor = visitorOf(id);
    remember(visitor, event, values);
    if (event === 'identify') return { did: identified(Object.keys(values)) };
    if (event === 'call_tracking' && exists(values.track_id)) return { did: DID.tracked };
    if (event !== 'call_request') return { did: DID.unknown };
    if (!exists(values.phone_e164)) return { did: DID.withoutPhone };
    if (oncePerAccess && visitor.firedIn === access) return { did: DID.firedBefore };
    visitor.firedIn = access;
    return fire(visitor);
  }

  function fire({ variables }: Visitor): KarteAnswer {
    const latest = (name: keyof typeof VARIABLES) => variables.get(name) ?? WITHOUT_VALUE;
    const content = {
      phone_e164: latest('phone_e164'),
      user_type: latest('user_type'),
      inquiry_type: latest('inquiry_type'),
      track_id: latest('track_id'),
      user_id: latest('user_id'),
      // Only stages with appointments or signatures have these variables.
      ...(variables.has('call_at') && { call_at: latest('call_at') }),
      ...(variables.has('call_token') && { call_token: latest('call_token') }),
    };
    const delivery = put({ 'detail-type': 'KARTE Action', detail: { name: actionName, content } });
    return delivery.result === 'started'
      ? { did: DID.fired, requestId: String(delivery.event.id) }
      : { did: DID.undelivered };
  }

  return {
    send(call) {
      const answer = take(call);
      calls.push({
        at: now().toISOString(),
        event: maskPhones(call.event),
        values: shown(call.values),
        did: answer.did,
      });
      calls.splice(0, calls.length - CALLS_KEPT);
      return answer;
    },
    setOncePerAccess(once) {
      oncePerAccess = once;
    },
    view: () => ({ oncePerAccess, calls: [...calls] }),
  };
}

/** Sets the user variables for which the event has a value. */
function remember(visitor: Visitor, event: string, values: KarteSend['values']): void {
  for (const name of Object.keys(VARIABLES) as (keyof typeof VARIABLES)[]) {
    const [of, field] = VARIABLES[name];
    if (of === event && Object.hasOwn(values, field)) visitor.variables.set(name, textOf(values[field]));
  }
}

/** Variables are inserted into the action's content as text. */
const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);

const exists = (value: unknown): boolean => textOf(value) !== '';

/** Longer values are cut, as the board only displays them. */
const LONGEST_SHOWN = 200;

const shown = (values: KarteSend['values']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      maskPhones(name),
      maskPhones(textOf(value)).slice(0, LONGEST_SHOWN).toWellFormed(),
    ]),
  );

const identified = (fields: readonly string[]): Sentence => ({
  ja: `ユーザー情報 (${fields.join('、')}) を更新しました。`,
  en: `Updated the user's attributes (${fields.join(', ')}).`,
});

const DID = {
  fired: {
    ja: 'イベントを記録し、Amazon EventBridge アクションを実行しました。',
    en: 'Recorded, and the Amazon EventBridge action fired.',
  },
  undelivered: {
    ja: 'アクションを実行しましたが、AWS 側のルールに合わず、届いていません。',
    en: 'The action fired, but the rule on the side of AWS did not take its event.',
  },
  firedBefore: {
    ja: 'イベントは記録しましたが、アクションは実行していません。配信頻度が「アクセス毎」で、このアクセスでは実行済みです。',
    en: 'Recorded, but the action did not fire: its frequency is once per access, and in this access it fired before.',
  },
  withoutPhone: {
    ja: 'イベントは記録しましたが、アクションは実行していません。配信トリガーに必要な phone_e164 に値がありません。',
    en: 'Recorded, but the action did not fire: its trigger asks for phone_e164, which has no value.',
  },
  tracked: {
    ja: 'イベントを記録しました。オペレーターは、この track_id でユーザーを検索できます。',
    en: 'Recorded: by this track_id the operator finds the user.',
  },
  unknown: {
    ja: 'イベントは記録しましたが、このイベントを使うアクションはありません。',
    en: 'Recorded, but no action uses an event of this name.',
  },
  refused: {
    ja: '受け付けません。イベント名とフィールド名には a–z、0–9、_ だけが使え、先頭は英小文字です。',
    en: 'Not taken: names of events and fields consist of a–z, 0–9 and _, and begin with a letter.',
  },
} as const satisfies Record<string, Sentence>;
