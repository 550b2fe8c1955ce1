import { NIGHT, QUOTA, type Row } from './burst-rows.ts';
import type { Measured } from './measure-burst.ts';

/** A target of the project, and how it was met. */
export interface Target {
  says: string;
  measured: string;
  met: boolean;
}

/** A call of the night row: ringing, greeting, four minutes at most, the metrics' lag and the interval until the next one. */
const LONGEST_CALL_SECONDS = 300;

/** How the project's targets are met on a row. */
export function targetsOf({ aim, scenario }: Row, ours: Measured): Target[] {
  const overDial = none('calls beyond the number of free agents', ours.overDial);
  switch (aim) {
    case 'one at a time':
      return [allPlaced(ours), throttledBelow(ours, 1)];
    case 'enough staff':
      return [
        allPlaced(ours),
        // With fewer, the path to the first call alone takes most of the time.
        ...(ours.requests >= 100 ? [inTime(ours)] : []),
        throttledBelow(ours, 1),
        none('requests called after a later one, beyond jitter', ours.overtaken),
        overDial,
        most('states entered per call:', ours.states.max, 12, 0),
      ];
    case 'lost answers':
      return [allPlaced(ours), none('phones that rang twice for one request', ours.extraCalls)];
    case 'scarce staff': {
      const lag = scenario.delays.metricsLagSeconds;
      return [
        allPlaced(ours),
        overDial,
        most(
          "seconds an agent is idle while somebody waits (the metrics' lag plus 7 s):",
          ours.idleSeconds,
          lag + 7,
          1,
        ),
      ];
    }
    case 'missed calls':
      return [
        allPlaced(ours),
        most(
          'customers per thousand who reached the queue while no agent was free:',
          (1_000 * ours.metNobody) / ours.placed,
          10,
          1,
        ),
      ];
    case 'refused ring time-out':
      return [
        allPlaced(ours),
        inTime(ours),
        throttledBelow(ours, 1),
        // Nothing can be remembered before the first of those that left together gets a response.
        most('requests refused for the option (a burst):', ours.rejected, QUOTA.burst, 0),
        none('requests to Amazon Connect without a turn', Math.max(0, ours.asked - ours.turns)),
      ];
    case 'night': {
      const { requests, agents, callWithinSeconds } = NIGHT;
      const callable = Math.min(requests, Math.floor((agents * callWithinSeconds) / LONGEST_CALL_SECONDS));
      return [
        {
          says: `calls that ${agents} agents can take within ${callWithinSeconds / 3_600} hours: at least ${callable}`,
          measured: String(ours.placed),
          met: ours.placed >= callable,
        },
        everyOutcome(ours),
        overDial,
      ];
    }
    case 'defaults':
      return [everyOutcome(ours), overDial];
  }
}

const most = (says: string, value: number, limit: number, digits: number): Target => ({
  says: `${says} at most ${limit.toFixed(digits)}`,
  measured: value.toFixed(digits),
  met: value <= limit,
});

const none = (says: string, value: number): Target => ({
  says: `${says}: none`,
  measured: String(value),
  met: value === 0,
});

const inTime = ({ seconds, idealSeconds }: Measured): Target =>
  most('seconds (1.02 × ideal + 5 s):', seconds, 1.02 * idealSeconds + 5, 1);

const allPlaced = ({ placed, requests }: Measured): Target => ({
  says: 'all calls placed',
  measured: `${placed} of ${requests}`,
  met: placed === requests,
});

function everyOutcome({ outcomes, requests }: Measured): Target {
  const ended = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return { says: 'every request has an outcome', measured: `${ended}`, met: ended === requests };
}

function throttledBelow({ throttled, asked }: Measured, percent: number): Target {
  const share = (100 * throttled) / Math.max(1, asked);
  return { says: `throttled attempts below ${percent} %`, measured: `${share.toFixed(2)} %`, met: share < percent };
}
