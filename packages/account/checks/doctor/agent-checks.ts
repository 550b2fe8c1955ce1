import type { Account } from '../../account.ts';
import { whyUnread } from '../../account-errors.ts';
import type { CheckedStage, DoctorCheck } from '../../check.ts';
import { counted } from '../../counted.ts';
import { openingOf } from '../../opening-of-queue.ts';
import { agentsNow, profilesInUse } from '../../team-of-stage.ts';
import { onBoardOr } from './commands-to-run.ts';

const TEAM = ['connect:SearchUsers', 'connect:ListRoutingProfiles', 'connect:ListRoutingProfileQueues'];
const HOURS = ['connect:DescribeQueue', 'connect:GetEffectiveHoursOfOperations'];

/** Who takes the calls: without a free agent none goes out. */
export const AGENT_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'agents-of-queues',
    title: 'Every queue has agents by their routing profile',
    problem: 'A queue has no agents by their routing profile',
    permissions: TEAM,
    async ask(account, stage) {
      const profiles = await profilesInUse(account, stage);
      const serving = profiles.filter(({ serves }) => serves.length > 0);
      const alone = queuesOf(stage).filter((queue) => !serving.some(({ serves }) => serves.includes(queue)));
      const all = sumOf(profiles);
      return alone.length === 0
        ? {
            state: 'fine',
            seen: `${sumOf(serving)} of ${counted(all, 'user')} ${sumOf(serving) === 1 ? 'gets' : 'get'} calls of the stage`,
          }
        : {
            state: 'problem',
            seen: `none of ${counted(all, 'user')} gets calls of ${alone.join(', ')}`,
            nextStep: onBoardOr(
              stage,
              `npm run stage -- agents ${stage.name} lists the users, and --assign USERS assigns them.`,
            ),
          };
    },
  },
  {
    id: 'agents-now',
    title: 'Somebody is logged in to take calls during opening hours',
    problem: 'Nobody is logged in to take calls during opening hours',
    permissions: ['connect:GetCurrentMetricData', ...HOURS],
    async ask(account, stage) {
      const now = await agentsNow(account, stage);
      const told = [];
      for (const pool of poolsOf(stage)) {
        // An agent who serves two queues of a pool is counted in both.
        const most = (what: 'online' | 'available') => Math.max(...pool.map((queue) => now[queue]?.[what] ?? 0));
        const isAwaited = most('online') === 0 && (await mayBeOpen(account, stage, pool));
        const text =
          most('online') === 0
            ? `nobody is logged in${isAwaited ? '' : ', and it is closed'}`
            : `${counted(most('online'), 'agent')} logged in, ${most('available')} free`;
        told.push({ text: `${pool.join(' and ')}: ${text}`, isAwaited });
      }
      const seen = told.map(({ text }) => text).join('; ');
      return told.some(({ isAwaited }) => isAwaited)
        ? {
            state: 'problem',
            seen,
            nextStep: onBoardOr(stage, 'Log in to the CCP and set the status to Available: docs/deploy.md, step 5.'),
          }
        : { state: 'fine', seen };
    },
  },
  {
    id: 'pools-of-agents',
    title: 'The pools in the settings match the teams of the instance',
    problem: 'The pools in the settings do not match the teams of the instance',
    permissions: TEAM,
    async ask(account, stage) {
      const pools = poolsOf(stage);
      const profiles = await profilesInUse(account, stage);
      const teams = teamsOf(profiles.map(({ serves }) => serves));
      const problems = [
        ...profiles.flatMap(({ name, serves }) =>
          pools.filter((pool) => pool.some((queue) => serves.includes(queue))).length > 1
            ? [`the routing profile ${name} serves ${serves.join(' and ')}, which are in different pools`]
            : [],
        ),
        ...pools.flatMap((pool) => {
          const parts = teams.map((team) => pool.filter((queue) => team.has(queue))).filter(({ length }) => length > 0);
          const [one = [], ...others] = parts.map((part) => part.join(' and '));
          return others.length === 0 ? [] : [`no agent links ${one} with ${others.join(', or ')}, which share a pool`];
        }),
      ];
      return problems.length === 0
        ? { state: 'fine', seen: pools.map((pool) => pool.join(' and ')).join('; ') }
        : {
            state: 'problem',
            seen: problems.join('; '),
            nextStep:
              'Calls of a pool are counted against the free agents of all its queues: list the queues that share agents under agents.pools in the settings, one list per team, or change the routing profiles.',
          };
    },
  },
];

const queuesOf = ({ file }: CheckedStage): string[] => Object.keys(file.connect.queues);

const poolsOf = ({ file }: CheckedStage): readonly (readonly string[])[] => file.agents.pools;

/** Groups of queues that share agents, directly or through other queues. */
function teamsOf(served: readonly (readonly string[])[]): ReadonlySet<string>[] {
  let teams: Set<string>[] = [];
  for (const queues of served) {
    const isLinked = (team: Set<string>) => queues.some((queue) => team.has(queue));
    const linked = teams.filter(isLinked);
    teams = [...teams.filter((team) => !isLinked(team)), new Set([...queues, ...linked.flatMap((team) => [...team])])];
  }
  return teams;
}

const sumOf = (profiles: readonly { users: number }[]): number => profiles.reduce((sum, { users }) => sum + users, 0);

/** Unreadable hours count as open: better to report a missing agent than not. */
async function mayBeOpen(account: Account, stage: CheckedStage, pool: readonly string[]): Promise<boolean> {
  for (const queue of pool) {
    try {
      if ((await openingOf(account, stage, queue)).isOpen) return true;
    } catch (error) {
      if (whyUnread(error, HOURS, account.region) === undefined) throw error;
      return true;
    }
  }
  return false;
}
