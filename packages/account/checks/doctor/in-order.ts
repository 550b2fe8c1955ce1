import type { Check } from '../../check.ts';
import { PERMISSION_CHECKS } from '../permission-checks.ts';
import { STAGE_CHECKS } from '../stage-checks.ts';

/** What belongs together in the doctor's output. */
interface Section {
  /** A question whose answer is yes where every line below it is fine. */
  heading: string;
  checks: readonly Check[];
}

/** A check that another list has, under its id. */
function from(checks: readonly Check[], id: string): Check {
  const found = checks.find((check) => check.id === id);
  if (!found) throw new Error(`there is no check ${id}`);
  return found;
}

const ofStage = (id: string): Check => from(STAGE_CHECKS, id);
const ofPermissions = (id: string): Check => from(PERMISSION_CHECKS, id);

/**
 * What the doctor asks, in the order of the guide's troubleshooting: does KARTE's action fire, do the functions run, may they
 * place calls, is Amazon Connect set up; then what the guide does not know of. The first line that is a problem is where a request
 * ends.
 *
 * @see https://support.karte.io/post/3Tz80ZJVfXUyPWdh0TwyaE
 */
export const IN_ORDER: readonly Section[] = [
  { heading: "Does KARTE's action reach the event bus?", checks: [ofStage('event-source')] },
  { heading: 'Does a request that arrives there start the functions?', checks: [ofStage('event-rule')] },
  {
    heading: 'May the functions do what a call needs?',
    checks: [
      ofStage('ids-parameter'),
      ofPermissions('cjs-handlers'),
      ofPermissions('permission-for-hours'),
      ofPermissions('permission-for-metrics'),
      ofPermissions('permission-to-call'),
    ],
  },
  {
    heading: 'Is Amazon Connect ready to call?',
    checks: [
      ofStage('instance'),
      ofStage('source-number'),
      ofStage('flows'),
      ofStage('queues'),
      ofStage('routing-profiles'),
    ],
  },
];
