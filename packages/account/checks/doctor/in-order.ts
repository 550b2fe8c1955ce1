import type { DoctorCheck } from '../../check.ts';
import { PERMISSION_CHECKS } from '../permission-checks.ts';
import { QUOTA_CHECKS } from '../quota-checks.ts';
import { STAGE_CHECKS } from '../stage-checks.ts';
import { AGENT_CHECKS } from './agent-checks.ts';
import { CONTACT_EVENT_CHECKS } from './contact-event-checks.ts';
import { EVENT_CHECKS } from './event-checks.ts';
import { FLOW_CHECKS } from './flow-checks.ts';
import { FUNCTION_CHECKS } from './function-checks.ts';
import { NUMBER_CHECKS } from './number-checks.ts';
import { OPENING_CHECKS } from './opening-checks.ts';
import { popUpChecks } from './pop-up-checks.ts';
import { DEAD_LETTERS, RELEASE_CHECKS } from './queue-checks.ts';
import { REQUEST_CHECKS } from './request-checks.ts';
import { ROLE_CHECKS } from './role-checks.ts';
import { KARTE_TOKEN, SIGNING_SECRET } from './secret-checks.ts';
import { SOFTPHONE_CHECKS } from './softphone-checks.ts';
import { SNS_INTAKE, WATCH_CHECKS } from './watch-checks.ts';

/** A section of the doctor's output. */
interface Section {
  /** A question whose answer is yes if every line below it is fine. */
  heading: string;
  checks: readonly DoctorCheck[];
}

/** A check from another list, by its id. */
function from(checks: readonly DoctorCheck[], id: string): DoctorCheck {
  const found = checks.find((check) => check.id === id);
  if (!found) throw new Error(`there is no check ${id}`);
  return found;
}

const ofEvents = (id: string): DoctorCheck => from(EVENT_CHECKS, id);
const ofStage = (id: string): DoctorCheck => from(STAGE_CHECKS, id);
const ofNumber = (id: string): DoctorCheck => from(NUMBER_CHECKS, id);
const ofQuotas = (id: string): DoctorCheck => from(QUOTA_CHECKS, id);
const ofPermissions = (id: string): DoctorCheck => from(PERMISSION_CHECKS, id);

/**
 * The doctor's checks, in the order of the guide's troubleshooting: does KARTE's action fire, do the functions run, may they place
 * calls, is Amazon Connect set up; then what the guide does not cover. The first problem is where a request ends.
 *
 * @see https://support.karte.io/post/3Tz80ZJVfXUyPWdh0TwyaE
 */
export const IN_ORDER: readonly Section[] = [
  {
    heading: "Does KARTE's action reach the event bus?",
    checks: [ofStage('event-source'), ofEvents('karte-events')],
  },
  {
    heading: 'Does a request that arrives there start the functions?',
    checks: [
      ofStage('event-rule'),
      ofEvents('rule-pattern'),
      ofEvents('rule-matches'),
      ofEvents('rule-target'),
      SNS_INTAKE,
      ofEvents('failed-invocations'),
      DEAD_LETTERS,
      ...FUNCTION_CHECKS,
      ...REQUEST_CHECKS,
    ],
  },
  {
    heading: 'Do the functions have the permissions for a call?',
    checks: [
      ofStage('ids-parameter'),
      ...ROLE_CHECKS,
      ofPermissions('cjs-handlers'),
      ofPermissions('permission-for-hours'),
      ofPermissions('permission-for-metrics'),
      ofPermissions('permission-to-call'),
      SIGNING_SECRET,
    ],
  },
  {
    heading: 'Is Amazon Connect ready to call?',
    checks: [
      ofStage('instance'),
      ofStage('source-number'),
      ofNumber('source-number-kind'),
      ofNumber('mobile-prefixes'),
      ofQuotas('active-call-quota'),
      ofQuotas('rate-quotas'),
    ],
  },
  {
    heading: 'Is somebody there to take the call?',
    checks: [ofStage('queues'), ...OPENING_CHECKS, ofStage('routing-profiles'), ...AGENT_CHECKS, ...SOFTPHONE_CHECKS],
  },
  {
    heading: 'Do customers hear and see what they should?',
    checks: [ofStage('flows'), ...FLOW_CHECKS, ofNumber('number-flow'), ...popUpChecks()],
  },
  {
    heading: 'Are the results of calls reported?',
    checks: [...CONTACT_EVENT_CHECKS, ...RELEASE_CHECKS, KARTE_TOKEN],
  },
  { heading: 'Is anybody notified when something goes wrong?', checks: WATCH_CHECKS },
];
