import { localTime } from '../../../domain/opening-hours.ts';
import { OUTCOMES, type Outcome } from '../../../domain/outcomes.ts';
import { endingInWords } from '../voicemail-words.ts';
import type { FiguresView, Part } from './protocol.ts';
import type { Standing } from './standing.ts';

type Ending = NonNullable<Standing['ending']>;

const UNDER_WAY: readonly Part[] = ['waiting', 'ringing', 'onTheLine'];

/**
 * Results of today's requests, each counted once by its latest state, so that the parts add up to the total. Requests in progress at
 * midnight also count for the next day.
 *
 * @param timeZone of the stage, which determines when a day ends
 */
export function dayFigures(timeZone: string) {
  const requests = new Map<string, Standing>();
  let day = '';
  /** Of `requests`, those from the day before. */
  let fromBefore = 0;
  /** Increases with every change. */
  let version = 0;

  const dayOf = (at: number): string => localTime(new Date(at), timeZone).date;

  function turnTo(today: string): void {
    if (today <= day) return;
    day = today;
    for (const [key, { part }] of requests) if (!UNDER_WAY.includes(part)) requests.delete(key);
    fromBefore = requests.size;
    version += 1;
  }

  return {
    /** A visitor requested a call. @param key of the request @param at time in epoch milliseconds */
    ask(key: string, at: number): void {
      turnTo(dayOf(at));
      if (dayOf(at) !== day || requests.has(key)) return;
      requests.set(key, { part: 'waiting' });
      version += 1;
    },
    /** Updates the state of a request; ignored unless it is one of today's. */
    note(key: string, standing: Standing): void {
      if (!requests.has(key)) return;
      requests.set(key, standing);
      version += 1;
    },
    version: (now: Date): number => {
      turnTo(dayOf(now.getTime()));
      return version;
    },
    view(): FiguresView {
      const standings = [...requests.values()];
      const countOf = (part: Part) => standings.filter((one) => one.part === part).length;
      const all = standings.flatMap(({ ending }) => ending ?? []);
      const byOutcome = Map.groupBy(all, ({ outcome }) => outcome);
      const kindOf = ({ outcome, voicemail }: Ending) => endingInWords({ outcome, reason: '' }, voicemail).class;
      return {
        day,
        asked: requests.size,
        fromBefore,
        parts: {
          refused: countOf('refused'),
          waiting: countOf('waiting'),
          ringing: countOf('ringing'),
          onTheLine: countOf('onTheLine'),
          answered: countOf('answered'),
          notReached: countOf('notReached'),
        },
        withAgent: standings.filter(({ withAgent }) => withAgent).length,
        voicemails: standings.filter(
          ({ part, ending }) => part === 'notReached' && ending && OUTCOMES[ending.outcome].class === 'reached',
        ).length,
        outcomes: (Object.keys(OUTCOMES) as Outcome[]).flatMap((outcome) =>
          // A voicemail that took a call is counted apart from conversations.
          [...Map.groupBy(byOutcome.get(outcome) ?? [], kindOf)].map(([kind, some]) => ({
            outcome,
            class: kind,
            words: endingInWords({ outcome, reason: '' }, some[0]?.voicemail).outcome,
            count: some.length,
          })),
        ),
        toPlaced: spreadOf(all.map(({ times }) => times.toPlaced)),
        // Customers who hung up before an agent came would have waited longer, so they are left out.
        toAgent: spreadOf(all.filter((one) => kindOf(one) === 'reached').map(({ times }) => times.waited)),
      };
    },
  };
}

/** The smallest value that this share does not exceed. */
function spreadOf(times: readonly (number | undefined)[]): FiguresView['toPlaced'] {
  const sorted = times.filter((ms) => ms !== undefined).sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
  return sorted.length === 0 ? null : { count: sorted.length, median: at(0.5), p95: at(0.95) };
}
