import type { CallDurations } from '../../../domain/call-durations.ts';
import { localTime } from '../../../domain/opening-hours.ts';
import { OUTCOMES, type Outcome } from '../../../domain/outcomes.ts';
import type { FiguresView } from './protocol.ts';

/** What counts of one request. */
interface Counted extends Pick<CallDurations, 'toPlaced' | 'waited'> {
  outcome: Outcome;
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
      const counts = new Map<Outcome, number>();
      for (const { outcome } of counted.values()) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
      const known = Object.keys(OUTCOMES) as Outcome[];
      const reached = [...counted.values()].filter(({ outcome }) => OUTCOMES[outcome].class === 'reached');
      return {
        day,
        asked: asked.size,
        outcomes: known.flatMap((outcome) => {
          const count = counts.get(outcome);
          if (count === undefined) return [];
          const { class: of, ja, en } = OUTCOMES[outcome];
          return [{ outcome, class: of, words: { ja, en }, count }];
        }),
        toPlaced: spreadOf([...counted.values()].map(({ toPlaced }) => toPlaced)),
        // Whoever hung up before an agent came has not waited for one as long as it would have taken.
        toAgent: spreadOf(reached.map(({ waited }) => waited)),
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
