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
 * The messages between the board's server and its page. Types only, imported by both sides. All telephone numbers are masked;
 * texts typed by visitors are plain text. Times are ISO 8601 in UTC.
 */

/** Never changes while the stack is up. */
export interface StageView {
  name: string;
  /** How many times faster than real time calls and waits go. */
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
    /** For a choice: the value of `$.decision` or `$.notify`. */
    label?: string;
    points: { x: number; y: number }[];
  }[];
}

/** The current state of everything except requests. */
export interface WorldView {
  agents: {
    id: string;
    name: string;
    status: AgentStatus;
    contactId?: string;
    /** Talks with a customer, who can be transferred. */
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
    /** The week's hours, with equal days grouped; empty if it is open round the clock. */
    week: WeekPart[];
    /** Single days with different hours (YYYY-MM-DD); none on a holiday. */
    otherDays: { date: string; hours: DailyHours[] }[];
    /** Whether it was changed since the start of the stack. */
    changed?: true;
    /** Contacts in the queue, and requests waiting in line to be called. */
    contactsWaiting: number;
    requestsWaiting: number;
  }[];
  /** Hours in which phones may ring, and whether they may now. */
  callingHours: DailyHours & { timeZone: string; openNow: boolean };
  /** Calls in progress: ringing, in a flow, in a queue, with an agent. */
  callsAtOnce: number;
  /** The same by state; `other` are those in a flow, in a queue, or answered by a voicemail. */
  calls: { ringing: number; talking: number; other: number };
  /** Requests waiting for an agent or their turn, and since when the longest waits; and those for a later time. */
  waiting: { count: number; since?: string; later: number };
  /** How many requests are in each state, including those not in the log. */
  running: Readonly<Record<string, number>>;
  /** How the visitor's phone is answered. */
  answer: Answer;
  faults: Fault[];
  stopped: boolean;
  /** Who last stopped or resumed it. */
  stopChange?: { by: string; at: string; why: string };
  /** The limits in force, including changes at run time. */
  limits: Limits;
  karte: KarteView;
}

/** From and until a time of the day, `HH:MM` in the zone of the stage. */
export interface DailyHours {
  start: string;
  end: string;
}

/** Days of the week, 0 for Sunday, with the same hours: none if it is closed. */
export interface WeekPart {
  days: number[];
  hours: DailyHours[];
}

/** The model of KARTE that the sample page talks to. */
export interface KarteView {
  /** The action's frequency: once per access (visit), or every time. */
  oncePerAccess: boolean;
  /** The latest krt calls, newest last, with numbers masked, and what KARTE did with each. */
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
  /** The current or last state. */
  state: string;
  phone?: string;
  userType?: string;
  inquiryType?: string;
  trackId?: string;
  outcome?: Outcome;
  /** Class of the outcome; `missed` if a voicemail took the call, which the record cannot know. */
  class?: OutcomeClass;
  reason?: string;
  /** While it waits for an agent: its queue, and its position there. Positions sort like the line. */
  line?: { queueId: string; place: string };
  /** The outcome's sentence, or what it is waiting for. */
  words: Sentence;
  /** An inbound call: there is no request and no execution, and the key is the contact's id. */
  isIncoming?: true;
  /** Until it is known how the call ended. */
  call?: CallNow;
  /** Once it is known. */
  times?: CallDurations;
  /** An agent missed the call. */
  agentMissed?: true;
  /** A voicemail answered: nobody spoke with the customer, even if the record says so. */
  voicemail?: true;
  /** Whether the customer called back; whether it is such a call. */
  calledBack?: true;
  isCallBack?: true;
}

/** The current state of a call. */
export interface CallNow {
  state: ContactState;
  /** Since when. */
  since: string;
  /** The agent in the call. */
  agent?: string;
  /** It continued in another contact. */
  transferred?: true;
  /** A voicemail answered. */
  voicemail?: true;
  /** How it was over, once it is. */
  over?: CallOver;
}

/** Median and 95th percentile of durations, in milliseconds. */
interface Spread {
  count: number;
  median: number;
  p95: number;
}

/** Where a request stands; `waiting` is everything in progress without a call. */
export type Part = 'refused' | 'waiting' | 'ringing' | 'onTheLine' | 'answered' | 'notReached';

/** Results of the requests of one day. */
export interface FiguresView {
  /** Of the stage's zone: `2026-11-22`. */
  day: string;
  /**
   * Visitors who requested a call: redeliveries and further calls of the same request do not count again. Includes requests that
   * were in progress when the day began.
   */
  asked: number;
  /** Of these, requests from before the day began. */
  fromBefore: number;
  /** Their states; the counts add up to all requests. */
  parts: Record<Part, number>;
  /** Of those on the line, those talking with an agent. */
  withAgent: number;
  /** Of those not reached, the voicemails that got an agent: records, CloudWatch and `calls -- stats` count them as reached. */
  voicemails: number;
  /** Outcomes that occurred, in the order of the outcomes table. */
  outcomes: { outcome: Outcome; class: OutcomeClass; words: Sentence; count: number }[];
  /** From the click to the ring, and from the answer to the agent; null if nobody waited. */
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
    /** The state was left by an error. */
    caught?: true;
    /** What was decided; empty for a state that decides nothing. */
    words: Sentence;
  }[];
  /** Its position in the queue's line, while it waits for an agent. */
  inLine?: { place: number; of: number };
  /** The call record with all of its fields; null while there is none. */
  record: CallRecord | null;
  contact: ContactView | null;
  /** Executions of the same request including this one, oldest first: redeliveries. */
  executions: string[];
  /** Runbook section of the outcome. */
  runbook?: string;
  /** The outcome's and the reason's sentences, when it has ended. */
  ending?: { outcome: Sentence; reason: Sentence };
}

/** A line of a call, with an English translation of Japanese speech. */
export type SaidLine = TranscriptLine & { gloss?: string };

/** One phone call. */
export interface ContactView {
  id: string;
  state: ContactState;
  /** The customer called. */
  isIncoming?: true;
  /** The called and the calling number: the customer's masked, the company's in national format. */
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
  /** Its contacts, in order. */
  legs: { id: string; startedAt: string; agent?: string; agentAt?: string }[];
  transcript: SaidLine[];
  /** Set while a flow waits for a key. */
  asksForKeys?: { choices?: readonly string[] };
}

/**
 * `GET /board/stream?request=<request id or execution>`: server-sent events. The first, `hello`, has everything; later `change`
 * events replace what they contain. After a lost connection the browser reconnects and gets a new `hello`.
 */
export interface Hello {
  stage: StageView;
  world: WorldView;
  figures: FiguresView;
  /** Oldest first. */
  rows: RequestRow[];
  /** Of the selected request; null if it does not exist (yet). */
  detail: RequestDetail | null;
}

export type Change = Partial<{ world: WorldView; figures: FiguresView; rows: RequestRow[]; detail: RequestDetail }>;

/** `POST /board/actions`, one at a time as JSON. Answered with 200 and `ActionResult`, or 400 and `{error}`. */
export type BoardAction =
  | { do: 'add-agent' }
  | { do: 'remove-agent'; agent: string }
  | { do: 'set-agent'; agent: string; status: AgentStatus }
  | { do: 'set-queue'; queue: string; enabled?: boolean; open?: boolean; hours?: DailyHours | null }
  /** Another customer calls in and takes an agent of the queue. */
  | { do: 'call-in'; queue: string }
  /** The customer of an ended call calls back. */
  | { do: 'call-back'; contact: string }
  | { do: 'add-fault'; kind: FaultKind; operation: Operation; times: number }
  | { do: 'clear-faults' }
  /** Like `npm run calls -- stop --why`, who did it and why is recorded. */
  | { do: 'stop' | 'resume'; why: string }
  | { do: 'set-answer'; answer: Answer }
  | { do: 'answer'; contact: string }
  | { do: 'press'; contact: string; key: string }
  | { do: 'hang-up'; contact: string }
  /** The agent transfers the customer to another queue. */
  | { do: 'transfer'; contact: string }
  | { do: 'set-karte'; oncePerAccess: boolean }
  /** Puts the sample event `events/<name>.json` on the bus, with a new id and the current time. */
  | { do: 'send-sample'; name: string }
  /** Many requests at once, each with a different number. */
  | { do: 'crowd'; count: number };

/** Id of the request that the action created, if any. */
export interface ActionResult {
  requestId?: string;
}

/** `POST /karte/send`: what krt('send', event, values) on the sample page sends. */
export interface KarteSend {
  /** One per visitor; reloading the page is a new access of the same visitor. */
  visitor: string;
  access: string;
  event: string;
  values: Record<string, unknown>;
}

/** Message from the sample page in the frame to the board: the request created by a krt call. */
export interface RequestMade {
  requestId: string;
}

/** Message from the board to the sample page: queues, or calling altogether, were switched on or off. */
export interface Switched {
  switched: true;
}

/** `GET /operator/requests?number=<as people write it>`: the requests with an inquiry number, the latest first. */
export interface OperatorAnswer {
  /** Of the stage, for times. */
  timeZone: string;
  requests: RequestDetail[];
}
