import { complain, EXIT, print, UsageError } from 'connect-flow-kit/command-line';
import type { Account } from '../../packages/account/account.ts';
import { assignRoutingProfile } from '../../packages/account/changes.ts';
import type { Asker } from './ask.ts';
import { choicesOf, namedBy, notAmong } from './listed-answer.ts';
import type { Agent, Profile, Team } from './team.ts';

/** Users who get a different routing profile. */
interface Assignment {
  profile: Profile;
  agents: Agent[];
}

/**
 * Who gets which routing profile. Throws `UsageError` if a name is unknown, or nothing can be assigned.
 *
 * @param named user names, separated by commas
 * @param profileNamed name or id of a profile; undefined takes the one that serves queues of the stage, or asks which
 */
export async function plannedAssignment(
  asker: Asker,
  { agents, profiles }: Team,
  named: string,
  profileNamed: string | undefined,
): Promise<Assignment> {
  const names = [...new Set(named.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  if (names.length === 0) throw new UsageError('--assign names nobody: expected user names, separated by commas');
  const chosen = names.map((name) => {
    const agent = agents.find(({ username }) => username === name);
    if (agent) return agent;
    throw notAmong(
      '--assign',
      name,
      agents.map(({ username }) => username),
    );
  });
  return { agents: chosen, profile: await profileFor(asker, profiles, profileNamed) };
}

async function profileFor(asker: Asker, profiles: readonly Profile[], named: string | undefined): Promise<Profile> {
  if (named !== undefined) return namedBy('--profile', named, profiles);
  const serving = profiles.filter(({ serves = [] }) => serves.length > 0);
  const [only, ...others] = serving;
  if (!only) {
    throw new UsageError(
      'no routing profile serves a queue of the stage: let the stack create one (create.routingProfiles: true), or add the queues to one for voice in Amazon Connect, under Routing profiles',
    );
  }
  if (others.length === 0) return only;
  const choices = choicesOf(
    serving.map(({ id, name, serves = [] }) => ({ id, name: `${name} (${serves.join(', ')})` })),
  );
  const id = await asker.one('--profile', 'Which routing profile should they get?', choices);
  return serving.find((profile) => profile.id === id) ?? only;
}

/**
 * Assigns users one by one, and reports what changed, from what, and how to take it back.
 *
 * @returns the exit code
 */
export async function assign(
  account: Account,
  instanceId: string,
  stage: string,
  { profile, agents }: Assignment,
  isAgreed: () => Promise<boolean>,
): Promise<number> {
  // Not refused, as the same command takes an assignment back.
  const isServing = (profile.serves ?? []).length > 0;
  if (!isServing)
    complain(`Warning: ${profile.name} has none of the stage's queues for voice: no call of ${stage} rings there.`);
  const others = agents.filter((agent) => agent.profile.id !== profile.id);
  for (const { username } of agents.filter((agent) => !others.includes(agent))) {
    print(`${username} already has the routing profile ${profile.name}.\n`);
  }
  if (others.length === 0) return EXIT.fine;
  print(`${others.map((agent) => `${agent.username}: ${agent.profile.name} → ${profile.name}\n`).join('')}`);
  if (!(await isAgreed())) {
    print('Nothing was changed.\n');
    return EXIT.fine;
  }
  const done: Agent[] = [];
  try {
    for (const agent of others) {
      await assignRoutingProfile(account, {
        InstanceId: instanceId,
        UserId: agent.id,
        RoutingProfileId: profile.id,
      });
      done.push(agent);
    }
  } catch (error) {
    const left = others.slice(done.length).map(({ username }) => username);
    complain(
      `Assigned: ${done.map(({ username }) => username).join(', ') || 'nobody'}. Not assigned: ${left.join(', ')}.`,
    );
    if (done.length > 0) complain(takeBack(stage, done));
    throw error;
  }
  print(
    `Assigned to ${done.length} ${done.length === 1 ? 'user' : 'users'}, from their next contact on.\n${takeBack(stage, done)}\n`,
  );
  if (!isServing) {
    const names = done.map(({ username }) => username).join(', ');
    complain(
      `Warning: phones that do not ring for ${stage}: ${names}. npm run stage -- agents ${stage} shows whose do.`,
    );
  }
  return EXIT.fine;
}

/** The commands that restore everybody's previous profile. */
function takeBack(stage: string, agents: readonly Agent[]): string {
  const former = Map.groupBy(agents, ({ profile }) => profile.id);
  const commands = [...former.values()].map((group) => {
    const names = group.map(({ username }) => username).join(',');
    return `  npm run stage -- agents ${stage} --assign ${names} --profile ${group[0]?.profile.id}`;
  });
  return `To take it back:\n${commands.join('\n')}`;
}
