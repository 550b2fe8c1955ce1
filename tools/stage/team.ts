import { complain } from 'connect-flow-kit/command-line';
import type { StageSettings } from '../../domain/stage-settings.ts';
import type { Account } from '../../packages/account/account.ts';
import { queuesOfProfile, routingProfiles, securityProfiles, users } from '../../packages/account/listings.ts';
import { listed } from './on-account.ts';

/** A routing profile as the stage sees it. */
export interface Profile {
  id: string;
  name: string;
  /** Names of the stage's queues that it serves; undefined if that was not read. */
  serves?: string[];
}

/** A user of the instance. */
export interface Agent {
  id: string;
  username: string;
  profile: Profile;
  /** Names of security profiles. */
  security: string[];
}

export interface Team {
  agents: Agent[];
  /** All routing profiles of the instance. */
  profiles: Profile[];
}

/** Reads take a second each; above this, the wait is explained. */
const LONG = 10;

/**
 * Users and routing profiles of the stage's instance.
 *
 * @param looksAt which profiles without users to read the queues of, too; each takes a request
 */
export async function teamOf(
  account: Account,
  { instanceId, queues }: StageSettings['connect'],
  looksAt: (profile: Pick<Profile, 'id' | 'name'>) => boolean,
): Promise<Team> {
  const [all, found, security] = await Promise.all([
    users(account, instanceId),
    routingProfiles(account, instanceId),
    // Without permission to read them, assigning is still possible.
    listed(account, 'security profiles', 'connect:ListSecurityProfiles', securityProfiles(account, instanceId)),
  ]);
  if (security.why !== undefined) complain(security.why);
  const looked = found.filter(
    (profile) => looksAt(profile) || all.some(({ routingProfileId }) => routingProfileId === profile.id),
  );
  if (looked.length > LONG) complain(`Reading the queues of ${looked.length} routing profiles, one per second.`);
  const profiles: Profile[] = found.map(({ id, name }) => ({ id, name }));
  for (const profile of profiles.filter(({ id }) => looked.some((one) => one.id === id))) {
    const offered = await queuesOfProfile(account, instanceId, profile.id);
    const voice = offered.filter(({ channel }) => channel === 'VOICE').map(({ queueId }) => queueId);
    profile.serves = Object.keys(queues).filter((name) => voice.includes(queues[name] ?? ''));
  }
  const nameOf = (id: string) => security.items.find((one) => one.id === id)?.name ?? id;
  return {
    profiles,
    agents: all.map(({ id, username, routingProfileId, securityProfileIds }) => ({
      id,
      username,
      profile: profiles.find((one) => one.id === routingProfileId) ?? { id: routingProfileId, name: routingProfileId },
      security: securityProfileIds.map(nameOf),
    })),
  };
}

/** Whether an agent gets calls of the stage. */
export const isServing = ({ profile }: Agent): boolean => (profile.serves ?? []).length > 0;
