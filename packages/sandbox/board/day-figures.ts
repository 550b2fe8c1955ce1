import type { CallDurations } from '../../../domain/call-durations.ts';
import { localTime } from '../../../domain/opening-hours.ts';
import { OUTCOMES, type Outcome } from '../../../domain/outcomes.ts';
import { endingInWords } from '../voicemail-words.ts';
import type { FiguresView } from './protocol.ts';

/** What counts of one request. */
interface Counted extends Pick<CallDurations, 'toPlaced' | 'waited'> {
  outcome: Outcome;
  /** A voicemail answered, which the outcome does not tell. */
  voicemail?: true;
}

/**
 * What became of the requests of today, each counted once by what is known of it last.
 *
 * @param timeZone of the stage: its clocks say when a day ends
 */
export function dayFigures(timeZone: string) {
  const asked = new Set<string>();
  const counted = new Map<string, Counted>();
  let day = '';
  /** Grows with every change. */
  let version = 0;

  const dayOf = (at: number): string => localTime(new Date(at), timeZone).date;

  function turnTo(today: string): void {
    if (today <= day) return;
    day = today;
    asked.clear();
    counted.clear();
    version += 1;
  }

  return {
    /** A visitor asked for a call. @param key of the request @param at when, in epoch milliseconds */
    ask(key: string, at: number): void {
      turnTo(dayOf(at));
      if (dayOf(at) !== day) return;
      asked.add(key);
      version += 1;
    },
    /** @param at when the request came, in epoch milliseconds @param key of the request */
    note(key: string, at: number, what: Counted): void {
      turnTo(dayOf(at));
      if (dayOf(at) !== day) return;
      counted.set(key, what);
      version += 1;
    },
    version: (now: Date): number => {
      turnTo(dayOf(now.getTime()));
      return version;
    },
    view(): FiguresView {
      const all = [...counted.values()];
      const byOutcome = Map.groupBy(all, ({ outcome }) => outcome);
      const kindOf = ({ outcome, voicemail }: Counted) => endingInWords({ outcome, reason: '' }, voicemail).class;
      return {
        day,
        asked: asked.size,
        outcomes: (Object.keys(OUTCOMES) as Outcome[]).flatMap((outcome) =>
          // A voicemail that took a call stands apart from those who talked.
          [...Map.groupBy(byOutcome.get(outcome) ?? [], kindOf)].map(([kind, some]) => ({
            outcome,
            class: kind,
            words: endingInWords({ outcome, reason: '' }, some[0]?.voicemail).outcome,
            count: some.length,
          })),
        ),
        toPlaced: spreadOf(all.map(({ toPlaced }) => toPlaced)),
        // Anyone who hung up before an agent came has not waited for one as long as it would have taken.
        toAgent: spreadOf(all.filter((one) => kindOf(one) === 'reached').map(({ waited }) => waited)),
      };
    },
  };
}

/** The smallest value that so large a share does not exceed. */
function spreadOf(times: readonly (number | undefined)[]): FiguresView['toPlaced'] {
  const sorted = times.filter((ms) => ms !== undefined).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return sorted.length === 0 ? null : { count: sorted.length, median: at(0.5), p95: at(0.95) };
}
