import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { AccountState } from '../../packages/sandbox/account/account-state.ts';
import { asker } from '../../tools/stage/ask.ts';
import { plannedAssignment } from '../../tools/stage/assign-profiles.ts';
import type { Profile } from '../../tools/stage/team.ts';
import { commandHere, type Run } from '../run-command.ts';
import { BASIC, CALLS, exampleAccount, exampleInstance, exampleState, shellOf } from './example-account.ts';

const AGENT = '00000000-0000-4000-8000-00000000d001';
const AOKI = { id: 'u1', username: 'aoki', routingProfileId: BASIC, securityProfileIds: [AGENT] };
const SATO = { id: 'u2', username: '佐藤', routingProfileId: CALLS, securityProfileIds: [AGENT] };
const KATO = { id: 'u3', username: 'kato', routingProfileId: BASIC };

const team = (users = [AOKI, SATO, KATO], parts: Partial<AccountState> = {}) =>
  exampleState({ instances: [exampleInstance({ users: users.map((user) => ({ ...user })) })], ...parts });

/** Runs agents for the stage dev, whose queue support is the example's. */
async function agents(args: string[], state: AccountState): Promise<Run> {
  const double = await exampleAccount(state);
  return commandHere('stages', ['agents', 'dev', ...args], { env: shellOf(double) });
}

const profilesIn = ({ instances: [instance] }: AccountState) =>
  Object.fromEntries((instance?.users ?? []).map(({ username, routingProfileId }) => [username, routingProfileId]));

describe('npm run stage -- agents', () => {
  it('lists who gets calls of the stage, those who are first', async () => {
    const { code, stdout } = await agents([], team());
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'user  serves   routing profile        security profiles',
        '佐藤  support  折り返し               Agent',
        'aoki  -        Basic Routing Profile  Agent',
        'kato  -        Basic Routing Profile  -',
        '',
        '1 of 3 users get calls of the stage, once they are logged in to the CCP and Available.',
        '',
      ].join('\n'),
    );
  });

  it("says that nobody's phone would ring, and what to do", async () => {
    const idle = await agents([], team([AOKI]));
    expect(idle.code).toBe(1);
    expect(idle.stdout).toContain('No user gets calls of the stage (there is 1 user): ');
    expect(idle.stdout).toContain("nobody's phone rings.\n  npm run stage -- agents dev --assign aoki\n");
    const empty = await agents([], team([]));
    expect(empty).toMatchObject({ code: 1, stdout: expect.stringMatching(/^The instance has no users\. Add agents/) });
  });

  it('assigns the profile that serves the queues, and says how to take it back', async () => {
    const state = team();
    const { code, stdout } = await agents(['--assign', 'aoki, kato,佐藤', '--yes'], state);
    expect(code).toBe(0);
    expect(profilesIn(state)).toEqual({ aoki: CALLS, kato: CALLS, 佐藤: CALLS });
    expect(stdout).toContain('佐藤 already has the routing profile 折り返し.\n');
    expect(stdout).toContain('aoki: Basic Routing Profile → 折り返し\nkato: Basic Routing Profile → 折り返し\n');
    const [, back = ''] = /agents dev (--assign .*)\n/.exec(stdout) ?? [];
    expect((await agents([...back.split(' '), '--yes'], state)).code).toBe(0);
    expect(profilesIn(state)).toEqual({ aoki: BASIC, kato: BASIC, 佐藤: CALLS });
  });

  it('warns, before it asks and afterwards, of a profile with which no phone rings, and assigns it', async () => {
    const state = team([SATO]);
    const named = ['--assign', '佐藤', '--profile', 'Basic Routing Profile'];
    const before =
      "Warning: Basic Routing Profile has none of the stage's queues for voice: no call of dev rings there.";
    const asked = await agents(named, state);
    expect(asked.stderr).toBe(`${before}\n--yes is missing, and there is no terminal to ask in\n`);
    const { code, stderr } = await agents([...named, '--yes'], state);
    expect(code).toBe(0);
    expect(profilesIn(state)).toEqual({ 佐藤: BASIC });
    expect(stderr).toBe(
      `${before}\nWarning: phones that do not ring for dev: 佐藤. npm run stage -- agents dev shows whose do.\n`,
    );
    expect((await agents(['--assign', '佐藤', '--profile', CALLS, '--yes'], state)).stderr).toBe('');
  });

  it('changes nothing where nobody agrees', async () => {
    const state = team();
    const { code, stderr } = await agents(['--assign', 'aoki', '--profile', '折り返し'], state);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '--yes is missing, and there is no terminal to ask in\n' });
    expect(profilesIn(state)).toEqual(profilesIn(team()));
  });

  it('says whom it has assigned where AWS does not let it go on', async () => {
    const denied = team([AOKI], { deny: ['connect:UpdateUserRoutingProfile', 'connect:ListSecurityProfiles'] });
    const { code, stderr } = await agents(['--assign', 'aoki', '--yes'], denied);
    expect(code).toBe(2);
    expect(stderr).toContain('security profiles could not be listed');
    expect(stderr).toContain('Assigned: nobody. Not assigned: aoki.\n');
    expect(stderr).toContain('connect:UpdateUserRoutingProfile');
    const blind = await agents([], team([AOKI], { deny: ['connect:SearchUsers'] }));
    expect(blind.code).toBe(2);
    expect(blind.stderr).toMatch(
      /^connect:SearchUsers was refused .*In total this needs connect:SearchUsers, .*ssm:GetParameter\n$/,
    );
  });
});

describe('who gets which routing profile', () => {
  const basic = { id: BASIC, name: 'Basic Routing Profile', serves: [] };
  const both = { id: 'both', name: 'Both', serves: ['support', 'sales'] };
  const calls = { id: CALLS, name: '折り返し', serves: ['support'] };
  const aoki = { id: 'u1', username: 'aoki', profile: basic, security: [] };
  const planned = (profiles: Profile[], named: string, profile?: string) =>
    plannedAssignment(
      asker({ input: new PassThrough(), output: new PassThrough() }),
      { agents: [aoki], profiles },
      named,
      profile,
    );

  it('is the one that serves queues of the stage, or the one that is named', async () => {
    expect(await planned([basic, calls], 'aoki,aoki')).toEqual({ agents: [aoki], profile: calls });
    expect(await planned([basic, calls, both], 'aoki', 'both')).toMatchObject({ profile: both });
    expect(await planned([basic, calls], 'aoki', 'Basic Routing Profile')).toMatchObject({ profile: basic });
  });

  it.each([
    ['several serve the stage', [basic, calls, both], 'aoki', undefined, '--profile is missing'],
    ['none does', [basic], 'aoki', undefined, 'create.routingProfiles: true'],
    [
      'the one that is named is not there',
      [basic, calls],
      'aoki',
      'x',
      '--profile is x: expected one of Basic Routing',
    ],
    ['two have the name', [calls, { ...both, name: '折り返し' }], 'aoki', '折り返し', '2 have that name, give the id'],
    ['a user is not there', [calls], 'akoi', undefined, '--assign is akoi: expected one of aoki'],
    ['no user is named', [calls], ' , ', undefined, '--assign names nobody'],
  ])('is a sentence where %s', async (_, profiles, named, profile, sentence) => {
    await expect(planned(profiles, named, profile)).rejects.toThrow(sentence);
  });
});
