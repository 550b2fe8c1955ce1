/**
 * What happened in a simulated world, in virtual time: the basis on which the invariants are checked and the figures of the
 * benches are counted. Whatever makes something happen adds it; nobody changes what was added.
 */

/** A moment of virtual time, epoch milliseconds. The true time: clocks of functions may be skewed, the trace's is not. */
export type Moment = number;

/** What happened to a request on its way to the state machine and through it. */
type RequestEntry =
  /**
   * A visitor asked to be called. One per request, whatever happens to its event. `mustNotRing` says why the number must
   * not ring, whatever happens: the creator of the request knows, and the path is not asked. `callAt` is the time it chose. Or we
   * ask for it ourselves, `after` the call of another request.
   */
  | { kind: 'arrived'; requestId: string; phone: string; mustNotRing?: string; callAt?: Moment; own?: OwnArrival }
  /** A copy of its event was delivered and started an execution. */
  | { kind: 'delivered'; requestId: string; executionId: string }
  /** A copy of its event could finally not be delivered and is in the dead-letter queue. */
  | { kind: 'dead-letter'; requestId: string; reason: string }
  /** Its execution entered a state. */
  | { kind: 'entered'; requestId: string; executionId: string; state: string }
  /** A state is retried after an error. */
  | { kind: 'retried'; requestId: string; executionId: string; state: string; error: string }
  /** A function began to work for it. */
  | { kind: 'invoked'; requestId: string; executionId: string; function: string; by: InvocationId }
  /** A function checked what stands between it and the phone: switches, block list. */
  | { kind: 'looked'; requestId: string; by: InvocationId }
  /** A turn was given to it. */
  | { kind: 'turn'; requestId: string; turnAt: Moment }
  /** In line until the deadline; the smaller the place, the earlier it came. Nobody behind it is served before it may be. */
  | {
      kind: 'entered-room';
      requestId: string;
      queueId: string;
      place: string;
      deadlineAt: Moment;
      notBefore?: Moment;
    }
  | { kind: 'left-room'; requestId: string; queueId: string }
  | { kind: 'execution-ended'; requestId: string; executionId: string; status: ExecutionEnd; error?: string }
  /** Its call record reports for the first time, or differently, how it ended. */
  | { kind: 'outcome'; requestId: string; outcome: string; reason: string };

/** A request of our own, as it was made. */
interface OwnArrival {
  after: string;
  /** 2 for the second call of a request. */
  try: number;
  notBefore: Moment;
  /** The customer, while waiting, asked to be called back, by then. */
  calledBackBy?: Moment;
}

/** What happened between the path and Amazon Connect, and to the calls. */
type CallEntry =
  /**
   * StartOutboundVoiceContact was called. `result` is `accepted`, `repeated` (the token was known: no new call), the name
   * of an error, or `no-answer`, after which a call may have been placed or not.
   */
  | { kind: 'asked'; requestId: string; result: string; contactId?: string }
  /**
   * Amazon Connect placed a call: a phone rings. The request is the one in the contact's attributes, which is right even
   * if the token is wrong.
   */
  | { kind: 'rang'; requestId: string; contactId: string; phone: string; queueId: string }
  /**
   * The contact reached its flow, a queue, an agent, its end. `root` is the first contact of a customer who was transferred to
   * this one: that customer's line continues until `line-over`. `reason` is why it ended, as Amazon Connect names it;
   * `result` what the flow reported about that.
   */
  | {
      kind: 'call';
      contactId: string;
      state: 'in-flow' | 'in-queue' | 'with-agent' | 'ended';
      root?: string;
      reason?: string;
      result?: string;
    }
  /** The customer is no longer on the line. The contact is the first one, which rang. */
  | { kind: 'line-over'; requestId: string; contactId: string };

/** What was written into the tables of guards and leases, and by which invocation. */
type GuardEntry =
  /** The agents that Amazon Connect counted as available, by queue id, were read and shared; `readAt` by the reader's clock. */
  | { kind: 'reading'; readAt: Moment; agents: Readonly<Record<string, number>> }
  /** A lease on trial was written for it: it counts for the others, and the request may not proceed yet. */
  | { kind: 'tried'; requestId: string; book: string; until: Moment; by: InvocationId }
  /** What was on trial no longer is, and became nothing. */
  | { kind: 'gave-up'; requestId: string; book: string; by: InvocationId }
  /**
   * The request got a place in a book of leases, at the moment at which all were counted. Leases that ended by `asOf` did not
   * count: for agents, the moment of the reading that counted them; for lines, the function's own time.
   */
  | { kind: 'took'; requestId: string; book: string; until: Moment; asOf: Moment; by: InvocationId }
  /** Its lease became its call's, or got another end. One whose call was missed by an agent counts twice. */
  | { kind: 'kept'; requestId: string; book: string; until: Moment; missed?: true }
  /**
   * Something is no longer held for the request: a lease, its number, a nonce, or its count against a limit. `worksFor` is
   * the request for which the function was invoked, `over` says that the hold had expired.
   */
  | {
      kind: 'gave-back';
      requestId: string;
      what: 'lease' | 'number' | 'nonce' | 'count';
      book?: string;
      /** For a lease that had become a call's. */
      contactId?: string;
      over: boolean;
      by: InvocationId;
      worksFor: string;
    }
  /** Who has a place in a slot, after a place of its queue and day was taken or returned. */
  | { kind: 'slot'; requestIds: string[] }
  /**
   * A turn was taken from its schedule (`calls` leave by it, `requests` go out by it): the next free one, or now. `nextAt` is
   * what is left: the next free one.
   */
  | { kind: 'turn-reserved'; turnAt: Moment; nextAt: Moment };

/** One invocation of a function: its name and an id. */
export type InvocationId = string;

/** What people and the instance did. */
type SurroundingEntry =
  | { kind: 'stopped' }
  | { kind: 'resumed' }
  | { kind: 'blocked'; phone: string }
  | { kind: 'unblocked'; phone: string }
  /** Somebody opened or closed a queue out of hours, unannounced: the path may find out a while later. */
  | { kind: 'opened'; queueId: string }
  | { kind: 'closed'; queueId: string }
  | {
      kind: 'agent';
      agentId: string;
      /** `busy` with a call of ours, an inbound one, or after-contact work. */
      state: 'free' | 'busy' | 'break' | 'offline';
      /** Queues the agent serves, on the agent's first entry. */
      queueIds?: readonly string[];
    }
  /** Somebody called in and takes an agent; counts as an active call. */
  | { kind: 'inbound'; callId: string; state: 'started' | 'ended' }
  /** A fault was injected. The contact is the one about which Amazon Connect was asked without success. */
  | { kind: 'fault'; fault: string; requestId?: string; by?: InvocationId; contactId?: string };

export type ExecutionEnd = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** Something that happened, without its time. */
export type Happening = RequestEntry | CallEntry | GuardEntry | SurroundingEntry;

/** Something that happened, and when. */
export type TraceEntry = Happening & { at: Moment };

/** Entries of one kind. */
export type EntryOf<Kind extends Happening['kind']> = Extract<TraceEntry, { kind: Kind }>;

/** Everything that happened, the earliest first. */
export type Trace = readonly TraceEntry[];

export interface TraceRecorder {
  /** Records that something happens now. Strings are kept as they are: pass the same ones, and they are stored once. */
  add(happening: Happening): void;
  /** Reserves the position of what happens now and becomes known only later: it is filled then, or never. */
  keepPlace(): (happening: Happening) => void;
  readonly entries: Trace;
}

/** An empty trace. @param now virtual time */
export function recordTrace(now: () => Moment): TraceRecorder {
  const entries: (TraceEntry | undefined)[] = [];
  return {
    get entries() {
      return entries.filter((entry) => entry !== undefined);
    },
    add(happening) {
      // One object per entry, no copy: a run of 10,000 requests makes some 400,000.
      entries.push(Object.assign(happening, { at: now() }));
    },
    keepPlace() {
      const place = entries.push(undefined) - 1;
      const at = now();
      return (happening) => {
        entries[place] = Object.assign(happening, { at });
      };
    },
  };
}

/** The entries of one kind, in order. */
export function entriesOf<Kind extends Happening['kind']>(trace: Trace, kind: Kind): EntryOf<Kind>[] {
  return trace.filter((entry): entry is EntryOf<Kind> => entry.kind === kind);
}

/** How each request ended, by the latest state of its record: the result of a call comes later. */
export const lastOutcomes = (trace: Trace): ReadonlyMap<string, EntryOf<'outcome'>> =>
  new Map(entriesOf(trace, 'outcome').map((entry) => [entry.requestId, entry]));

/** What concerns one of the requests, or the whole stage: the story of a violation. */
export function storyOf(trace: Trace, requestIds: readonly string[]): TraceEntry[] {
  const phones = new Set<string>();
  const contacts = new Set<string>();
  return trace.filter((entry) => {
    if (entry.kind === 'stopped' || entry.kind === 'resumed') return true;
    if (entry.kind === 'call') return contacts.has(entry.root ?? entry.contactId);
    if (entry.kind === 'blocked' || entry.kind === 'unblocked') return phones.has(entry.phone);
    if (!('requestId' in entry) || entry.requestId === undefined || !requestIds.includes(entry.requestId)) return false;
    if (entry.kind === 'arrived') phones.add(entry.phone);
    if (entry.kind === 'rang') contacts.add(entry.contactId);
    return true;
  });
}
