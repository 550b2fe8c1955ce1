import { describe, expect, it } from 'vitest';
import { OUTCOMES, type Outcome } from '../../domain/outcomes.ts';
import { timelineOf } from '../../tools/calls/call-timeline.ts';
import { nextSteps, whatIsNotKnown } from '../../tools/calls/next-steps.ts';
import { at, COMPLETED, NOT_ANSWERED, recordWith } from './call-records.ts';

const wordsOf = (record: typeof COMPLETED) => timelineOf(record).map(({ text }) => text);

describe('the way from click to hang-up, in words', () => {
  it('tells of a call that an agent took, with what each part lasted', () => {
    expect(timelineOf(COMPLETED)).toEqual([
      { at: at(0), text: 'The customer asked for a call: KARTE Datahubについて' },
      { at: at(1), text: 'The request arrived.' },
      { at: at(1.2), text: 'Checks began: is the number free, does a limit apply, is the queue open?' },
      { text: 'It waited 12 s for opening hours, an agent, a line or its turn.' },
      { at: at(12), text: 'Amazon Connect was asked to place the call.' },
      { at: at(13), text: 'Amazon Connect accepted it, and calls the customer.' },
      { at: at(19), text: 'The phone was answered, after ringing for 6 s.' },
      { at: at(41), text: 'The customer waits for an agent, after announcements of 22 s.' },
      { at: at(43), text: 'An agent took the call, after a wait of 2 s.' },
      {
        at: at(253),
        text: 'The customer hung up, after talking for 3 min 30 s (the customer hung up; CUSTOMER_DISCONNECT).',
      },
    ]);
  });

  it('tells of an agent who missed it, of transfers, and of attempts that failed', () => {
    const record = recordWith({
      agentMissed: true,
      transferredTo: ['00000000-0000-4000-8000-00000000d002'],
      attempts: 3,
      lastError: 'ThrottlingException',
      ringTimeoutRefused: true,
    });
    const words = wordsOf(record);
    expect(words).toContain('An agent was offered the call and did not take it.');
    expect(words).toContain('The call was transferred: it went on as contact 00000000-0000-4000-8000-00000000d002.');
    expect(words).toContain(
      'Amazon Connect was asked to place the call, 3 times; the last error was ThrottlingException.',
    );
    expect(words).toContain('Amazon Connect accepted it, and calls the customer, without a ring time-out.');
  });

  it('tells of calls that ended before an agent, and when', () => {
    expect(wordsOf(NOT_ANSWERED).at(-1)).toBe(
      'The call was over, 1 min after it was placed (it rang until the time was up; TELECOM_TIMEOUT).',
    );
    const left = recordWith({ outcome: 'abandoned', class: 'missed', reason: 'in_queue', endedAt: at(71) }, [
      'agentAt',
    ]);
    expect(wordsOf(left).at(-1)).toBe(
      'The customer hung up, after a wait of 30 s (the customer hung up; CUSTOMER_DISCONNECT).',
    );
  });

  it('tells of an appointment in the order in which it went, and of no call before its time', () => {
    const record = recordWith({ callAt: at(12), claimedAt: at(1.2), bookedAt: at(1.3) });
    expect(timelineOf(record).slice(1, 5)).toEqual([
      { at: at(1), text: 'The request arrived.' },
      { at: at(1.2), text: 'Checks began: can a call be promised for the time that the customer chose?' },
      { at: at(1.3), text: 'The call was promised for that time.' },
      { text: 'It waited 12 s for its time and then its turn.' },
    ]);
  });

  it('tells of a customer who called back, and of that call', () => {
    const contact = '00000000-0000-4000-8000-00000000d002';
    const missed = { ...NOT_ANSWERED, calledBackAt: at(300), calledBackBy: contact };
    expect(timelineOf(missed).at(-1)).toEqual({
      at: at(300),
      text: `The customer called back, by the number: contact ${contact}.`,
    });
    const inbound = recordWith({ kind: 'inbound', callBackOf: NOT_ANSWERED.requestId });
    expect(wordsOf(inbound)[0]).toBe(
      `A customer called the stage's number: by its number, the call-back of request ${NOT_ANSWERED.requestId}.`,
    );
  });

  it('says of a call that goes on that its end is not known', () => {
    const placed = recordWith({ outcome: 'call_placed', class: 'placed', reason: 'accepted' }, ['endedAt', 'hungUpBy']);
    expect(wordsOf(placed).at(-1)).toBe('It is not known yet how the call ended.');
    const claimed = recordWith({ status: 'claimed' }, ['outcome', 'placedAt', 'lastAttemptAt', 'answeredAt']);
    expect(wordsOf(claimed).at(-1)).toBe('It is waiting, or is about to be processed.');
  });

  it('begins otherwise where nobody asked on the web site', () => {
    expect(wordsOf(recordWith({ kind: 'inbound' }, ['placedAt', 'claimedAt', 'lastAttemptAt']))[0]).toBe(
      "A customer called the stage's number.",
    );
    expect(wordsOf(recordWith({ kind: 'by_hand' }))[0]).toBe('An agent dialled the number by hand.');
  });

  it('never takes the clocks of two machines for a negative time', () => {
    expect(wordsOf(recordWith({ answeredAt: at(12) }))).toContain('The phone was answered, after ringing for 0 s.');
  });
});

describe('what to do next', () => {
  const surroundings = {
    limits: { coolDownSeconds: 600, missedPauseSeconds: 60, maxCallSeconds: 7200 },
    pressToConnect: true,
    timeZone: 'Asia/Tokyo',
    now: new Date(at(100)),
  };
  const next = (record: typeof COMPLETED, now = surroundings.now) => nextSteps(record, { ...surroundings, now });

  it('says when the customer may ask again: soon after a call that nobody answered, later after any other', () => {
    expect(next(NOT_ANSWERED)).toEqual([
      'The customer may ask again from 2026-11-22 12:02:13 JST on.',
      'docs/runbook.md#not_answered',
    ]);
    expect(next(NOT_ANSWERED, new Date(at(133)))[0]).toBe('The customer may ask again now.');
    expect(next(COMPLETED)[0]).toBe('The customer may ask again from 2026-11-22 12:14:13 JST on.');
    const held = recordWith({ outcome: 'number_held', class: 'refused', reason: 'live_request' });
    expect(next(held)[0]).toMatch(/^The customer may ask again when the other request is over\./);
  });

  it('offers to do a request again that failed before any phone rang, and no other', () => {
    const offered = (Object.keys(OUTCOMES) as Outcome[]).filter((outcome) =>
      next(recordWith({ outcome, reason: '', class: OUTCOMES[outcome].class }))[0]?.includes('npm run calls -- again'),
    );
    const failures = (Object.keys(OUTCOMES) as Outcome[]).filter((outcome) => OUTCOMES[outcome].class === 'failed');
    expect(offered).toEqual(failures.filter((outcome) => outcome !== 'call_unconfirmed'));
  });

  it('says something of every outcome, in two lines at most, and leads to the runbook', () => {
    for (const outcome of Object.keys(OUTCOMES) as Outcome[]) {
      for (const reason of Object.keys(OUTCOMES[outcome].reasons)) {
        const lines = next(recordWith({ outcome, reason, class: OUTCOMES[outcome].class }));
        expect(lines).toHaveLength(2);
        expect(lines[0]).toMatch(/^The customer may ask again .*\./);
        expect(lines[1]).toBe(`docs/runbook.md#${outcome}`);
      }
    }
  });

  it('says what cannot be known, and only where it matters', () => {
    expect(whatIsNotKnown(COMPLETED, { pressToConnect: false })).toEqual([
      'whether a person answered: nobody had to press 1, so a voicemail that reached an agent also counts as completed.',
    ]);
    expect(whatIsNotKnown(COMPLETED, { pressToConnect: true })).toEqual([]);
    expect(whatIsNotKnown(recordWith({}, ['hungUpBy']), { pressToConnect: true })).toEqual(['who hung up.']);
  });
});
