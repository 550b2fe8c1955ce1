import type { Phone } from './journey.ts';
import type { Send } from './karte.ts';
import type { Complain, KarteNames } from './pop-up-settings.ts';

/** What a visitor requests. */
interface CallWish {
  inquiryNumber: string;
  phone: Phone;
  userType: string;
  inquiryType: string;
  /** The chosen time, or the text that stands for none; undefined if the stage does not let visitors choose. */
  callAt?: string | undefined;
}

interface KarteEvent {
  name: string;
  values: Record<string, string>;
}

/**
 * The events of one request, in the order in which KARTE must receive them: operator and EventBridge action find the inquiry number
 * and the visitor's attributes in place when `call_request` fires the action.
 */
function eventsOf(wish: CallWish, { events, fields }: KarteNames, callToken?: string): KarteEvent[] {
  const { phone, inquiryNumber, userType, inquiryType, callAt } = wish;
  return [
    { name: events.tracking, values: { [fields.trackId]: inquiryNumber } },
    { name: events.identify, values: { [fields.phone]: phone.digits, [fields.phoneE164]: phone.e164 } },
    {
      name: events.request,
      values: {
        [fields.phoneE164]: phone.e164,
        [fields.userType]: userType,
        [fields.inquiryType]: inquiryType,
        [fields.trackId]: inquiryNumber,
        ...(callAt !== undefined && { [fields.callAt]: callAt }),
        ...(callToken !== undefined && { [fields.callToken]: callToken }),
      },
    },
  ];
}

/**
 * - `no-way-to-send`: neither krt nor tracker exists, or KARTE's script does not load; nothing was sent.
 * - `no-token`: the page's function returned no signature; nothing was sent.
 * - `interrupted`: krt threw; the next attempt continues with the event at which it threw.
 * - `cancelled`: the visitor closed the pop-up meanwhile; nothing was sent.
 */
export type SubmissionEnd = 'sent' | 'no-way-to-send' | 'no-token' | 'interrupted' | 'cancelled';

export interface SubmissionWorld {
  names: KarteNames;
  /** Looked up on each attempt: KARTE's tag may load late. */
  sender(): Send | undefined;
  /** Waits until the tag has loaded, or for too long; undefined if there is nothing to wait for. */
  karteArriving(): Promise<void> | undefined;
  /** Fetches a signature; undefined if requests are not signed. Rejects if there is none. */
  callTokenFor: ((e164: string) => Promise<string>) | undefined;
  /** False once the visitor has closed the pop-up: what has not been sent by then never will be. */
  isWanted(): boolean;
  complain: Complain;
}

/** One request of one visitor: sent once, however often and in however many attempts. */
export interface Submission {
  send(wish: CallWish): Promise<SubmissionEnd>;
}

export function newSubmission({
  names,
  sender,
  karteArriving,
  callTokenFor,
  isWanted,
  complain,
}: SubmissionWorld): Submission {
  const sentAlready = new Set<string>();
  let running: Promise<SubmissionEnd> | undefined;

  // Without a signature, if KARTE's script is there, nothing is awaited: the events leave within the visitor's click.
  async function attempt(wish: CallWish): Promise<SubmissionEnd> {
    let send = sender();
    const arriving = send ? undefined : karteArriving();
    if (arriving) {
      await arriving;
      if (!isWanted()) return 'cancelled';
      send = sender();
    }
    if (!send) {
      complain(
        'nothing was sent: the page has neither the function krt of KARTE nor tracker.track, or krt alone without its script',
      );
      return 'no-way-to-send';
    }
    let callToken: string | undefined;
    try {
      callToken = callTokenFor && (await callTokenFor(wish.phone.e164));
    } catch {
      // The error's text is the page's own and may contain the number.
      complain('nothing was sent: the function of the setting call_token_function gave no token');
      return 'no-token';
    }
    if (!isWanted()) return 'cancelled';

    for (const { name, values } of eventsOf(wish, names, callToken)) {
      const event = JSON.stringify([name, values]);
      if (sentAlready.has(event)) continue;
      try {
        send(name, values);
      } catch {
        complain(`KARTE's function threw at the event ${name}; the next attempt goes on there`);
        return 'interrupted';
      }
      sentAlready.add(event);
    }
    return 'sent';
  }

  return {
    send(wish) {
      running ??= attempt(wish).then((end) => {
        if (end !== 'sent') running = undefined;
        return end;
      });
      return running;
    },
  };
}
