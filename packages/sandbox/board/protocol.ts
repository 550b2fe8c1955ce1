import type { CallDurations } from '../../../domain/call-durations.ts';
import type { CallRecord } from '../../../domain/call-record.ts';
import type { OutcomeClass, Sentence } from '../../../domain/outcome-row.ts';
import type { Outcome } from '../../../domain/outcomes.ts';
import type { Limits, StageSettings } from '../../../domain/stage-settings.ts';
import type { AgentStatus } from '../connect/agents.ts';
import type { Fault, FaultKind } from '../connect/connect-faults.ts';
import type { ContactState, TranscriptLine } from '../connect/contact.ts';
import type { Answer } from '../connect/live-call.ts';
import type { Operation } from '../connect/quotas.ts';
import type { CallOver } from './call-over.ts';

/*
 * What the board's server and its page tell each other. Types only: both sides import them. Telephone numbers are masked
 * in all of it; texts a visitor typed are plain text and nothing else. Times are ISO 8601 in UTC.
 */

/** Never changes while the stack is up. */
export interface StageView {
  name: string;
  /** How many times faster than life calls and waits go. */
  speed: number;
  graph: GraphView;
  settings: Pick<
    StageSettings,
    | 'agents'
    | 'callingHours'
    | 'limits'
    | 'offerCallBack'
    | 'pacing'
    | 'request'
    | 'retryUnanswered'
    | 'routing'
    | 'signature'
    | 'whenClosed'
  > & { connect: Pick<StageSettings['connect'], 'sourcePhoneNumber' | 'ringTimeoutSeconds' | 'pressToConnect'> };
}

/** The state machine's graph, laid out from its file. Lengths are pixels; points are centres. */
export interface GraphView {
  width: number;
  height: number;
  states: { name: string; type: string; words: Sentence; x: number; y: number; width: number; height: number }[];
  transitions: {
    from: string;
    to: string;
    /** `catch` is taken by an error. */
    kind: 'next' | 'choice' | 'default' | 'catch';
    /** What leads this way, where a choice does: the value of `$.decision` or `$.notify`. */
    label?: string;
    points: { x: number; y: number }[];
  }[];
}

/** Everything beside the requests, as it is now. */
export interface WorldView {
  agents: {
    id: string;
    name: string;
    status: AgentStatus;
    contactId?: string;
    /** Talks with a customer, who can be handed on. */
    isTalking?: true;
    afterCallWork?: true;
  }[];
  queues: {
    id: string;
    name: string;
    enabled: boolean;
    open: boolean;
    /** Not closed, and within its hours. */
    openNow: boolean;
    /** The week's hours, days that have the same together; empty where it is open round the clock. */
    week: WeekPart[];
    /** Single days that have other hours (YYYY-MM-DD); none on a holiday. */
    otherDays: { date: string; hours: DailyHours[] }[];
    /** It is not as the stack started with it. */
    changed?: true;
    /** Contacts in the queue, and requests in line before they are called. */
    contactsWaiting: number;
    requestsWaiting: number;
  }[];
  /** Hours in which a phone may ring, and whether that is now. */
  callingHours: DailyHours & { timeZone: string; openNow: boolean };
  /** Calls under way: ringing, in a flow, in a queue, with an agent. */
  callsAtOnce: number;
  /** The same by what they are at; `other` are those in a flow, in a queue, or that a voicemail answered. */
  calls: { ringing: number; talking: number; other: number };
  /** Requests that wait for an agent or for their turn, the longest of them since then; and those for a later time. */
  waiting: { count: number; since?: string; later: number };
  /** How many requests are in each state: those of the log and all others. */
  running: Readonly<Record<string, number>>;
  /** How the visitor's phone is answered. */
  answer: Answer;
  faults: Fault[];
  stopped: boolean;
  /** Who stopped it, or let it go on, last. */
  stopChange?: { by: string; at: string; why: string };
  /** The limits in force, changes at run time included. */
  limits: Limits;
  karte: KarteView;
}

/** From and until a time of the day, `HH:MM` in the zone of the stage. */
export interface DailyHours {
  start: string;
  end: string;
}

/** Days of the week, 0 for Sunday, with the same hours: none where it is closed. */
export interface WeekPart {
  days: number[];
  hours: DailyHours[];
}

/** The model of KARTE that the sample page talks to. */
export interface KarteView {
  /** The action's frequency: once per access (visit), or every time. */
  oncePerAccess: boolean;
  /** The latest calls of krt, newest last, with numbers masked, and what KARTE did about each. */
  calls: { at: string; event: string; values: Record<string, string>; did: Sentence }[];
}

/** One request as a line of the call log. */
export interface RequestRow {
  /** Name of the execution: the row's key. */
  execution: string;
  requestId: string;
  startedAt: string;
  endedAt?: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** The state it is in, or ended in. */
  state: string;
  phone?: string;
  userType?: string;
  inquiryType?: string;
  trackId?: string;
  outcome?: Outcome;
  /** That of the outcome; `missed` where a voicemail took the call, which the record cannot know. */
  class?: OutcomeClass;
  reason?: string;
  /** While it waits for an agent: its queue, and its place there. Places sort as the line does. */
  line?: { queueId: string; place: string };
  /** The outcome's sentence, or what it waits for. */
  words: Sentence;
  /** A customer called by themselves: there is no request and no execution, and the key is the contact's id. */
  isIncoming?: true;
  /** Until it is known how the call ended. */
  call?: CallNow;
  /** From then on. */
  times?: CallDurations;
  /** An agent was offered the call and did not take it. */
  agentMissed?: true;
  /** A voicemail answered: nobody spoke with the customer, whatever the record says. */
  voicemail?: true;
  /** The customer called back; it is such a call. */
  calledBack?: true;
  isCallBack?: true;
}

/** What a call is at just now. */
export interface CallNow {
  state: ContactState;
  /** Since when. */
  since: string;
  /** Who talks with the customer. */
  agent?: string;
  /** It went on in another contact. */
  transferred?: true;
  /** A voicemail answered. */
  voicemail?: true;
  /** How it was over, once it is. */
  over?: CallOver;
}

/** Of times, in milliseconds: the one that half of them do not exceed, and the one that 95 % do not. */
interface Spread {
  count: number;
  median: number;
  p95: number;
}

/** What became of the requests of one day. */
/** Where a request stands; `waiting` is all that is under way without a call. */
export type Part = 'refused' | 'waiting' | 'ringing' | 'onTheLine' | 'answered' | 'notReached';

export interface FiguresView {
  /** Of the stage's zone: `2026-11-22`. */
  day: string;
  /**
   * Visitors who asked for a call: a redelivery, or a further call of the same request, does not count again. Those who were under
   * way when the day began are among them.
   */
  asked: number;
  /** Of these, those who asked before the day began. */
  fromBefore: number;
  /** Where they stand: the counts make up all who asked. */
  parts: Record<Part, number>;
  /** Of those on the line, those who talk with an agent. */
  withAgent: number;
  /** Of those not reached, the voicemails that took an agent: a record, CloudWatch and `calls -- stats` count them as reached. */
  voicemails: number;
  /** Those that occurred, in the order of the table of outcomes. */
  outcomes: { outcome: Outcome; class: OutcomeClass; words: Sentence; count: number }[];
  /** From the click to the ring, and from the pick-up to the agent; null where nobody waited. */
  toPlaced: Spread | null;
  toAgent: Spread | null;
}

/** Everything about one request. */
export interface RequestDetail extends RequestRow {
  visits: {
    name: string;
    enteredAt: string;
    exitedAt?: string;
    /** Names of the errors of failed attempts. */
    errors: string[];
    /** The injected faults that hit meanwhile, oldest first; the attempt is that of a call, from 1. */
    faults: { kind: FaultKind; operation: Operation; attempt?: number; at: string }[];
    /** An error led on from here. */
    caught?: true;
    /** What was decided; empty texts for a state that only leads on. */
    words: Sentence;
  }[];
  /** Where it is in its queue's line, while it waits for an agent. */
  inLine?: { place: number; of: number };
  /** The call record with every field it has; null while there is none. */
  record: CallRecord | null;
  contact: ContactView | null;
  /** Executions of the same request, this one included, oldest first: redeliveries. */
  executions: string[];
  /** Runbook section of the outcome. */
  runbook?: string;
  /** The outcome's and the reason's sentences, when it has ended. */
  ending?: { outcome: Sentence; reason: Sentence };
}

/** A line of a call, and of what is spoken in Japanese how it reads in English. */
export type SaidLine = TranscriptLine & { gloss?: string };

/** One phone call. */
export interface ContactView {
  id: string;
  state: ContactState;
  /** The customer called. */
  isIncoming?: true;
  /** The number that was called, and the one that calls: the customer's masked, the firm's as people of its country write it. */
  destination: string;
  source: string;
  initiatedAt: string;
  answeredAt?: string;
  /** A voicemail answered. */
  voicemail?: true;
  endedAt?: string;
  disconnectReason?: string;
  /** How it was over, once it is. */
  over?: CallOver;
  /** The contacts it went through, the first one first. */
  legs: { id: string; startedAt: string; agent?: string; agentAt?: string }[];
  transcript: SaidLine[];
  /** Set while a flow waits for a key. */
  asksForKeys?: { choices?: readonly string[] };
}

/**
 * `GET /board/stream?request=<request id or execution>`: server-sent events. The first, `hello`, is everything; those after
 * it, `change`, replace what they hold. After a lost connection the browser asks again and gets a new `hello`.
 */
export interface Hello {
  stage: StageView;
  world: WorldView;
  figures: FiguresView;
  /** Oldest first. */
  rows: RequestRow[];
  /** Of the request that was asked for; null where there is none of that name (yet). */
  detail: RequestDetail | null;
}

export type Change = Partial<{ world: WorldView; figures: FiguresView; rows: RequestRow[]; detail: RequestDetail }>;

/** `POST /board/actions`, one at a time as JSON. Answered with 200 and `ActionResult`, or 400 and `{error}`. */
export type BoardAction =
  | { do: 'add-agent' }
  | { do: 'remove-agent'; agent: string }
  | { do: 'set-agent'; agent: string; status: AgentStatus }
  | { do: 'set-queue'; queue: string; enabled?: boolean; open?: boolean; hours?: DailyHours | null }
  /** Somebody else calls in and takes an agent of the queue. */
  | { do: 'call-in'; queue: string }
  /** The customer of a call that is over calls the number that it came from. */
  | { do: 'call-back'; contact: string }
  | { do: 'add-fault'; kind: FaultKind; operation: Operation; times: number }
  | { do: 'clear-faults' }
  /** As `npm run calls -- stop --why`: it is written down who says so, and why. */
  | { do: 'stop' | 'resume'; why: string }
  | { do: 'set-answer'; answer: Answer }
  | { do: 'answer'; contact: string }
  | { do: 'press'; contact: string; key: string }
  | { do: 'hang-up'; contact: string }
  /** The agent who talks hands the customer on to another queue. */
  | { do: 'transfer'; contact: string }
  | { do: 'set-karte'; oncePerAccess: boolean }
  /** Puts the sample event `events/<name>.json` on the bus, with a new id and the time of now. */
  | { do: 'send-sample'; name: string }
  /** So many requests at once, each of another number. */
  | { do: 'crowd'; count: number };

/** Request id of the request that the action made, where it made one. */
export interface ActionResult {
  requestId?: string;
}

/** `POST /karte/send`: what the sample page's krt('send', event, values) hands on. */
export interface KarteSend {
  /** One per visitor; a reload of the page is a new access of the same one. */
  visitor: string;
  access: string;
  event: string;
  values: Record<string, unknown>;
}

/** What the sample page in the frame tells the board by postMessage: the request that came of a call of krt. */
export interface RequestMade {
  requestId: string;
}

/** What the board tells the sample page: queues, or calling at all, were switched on or off. */
export interface Switched {
  switched: true;
}

/** `GET /operator/requests?number=<as people write it>`: the requests with an inquiry number, the latest first. */
export interface OperatorAnswer {
  /** Of the stage: times are shown in it. */
  timeZone: string;
  requests: RequestDetail[];
}
