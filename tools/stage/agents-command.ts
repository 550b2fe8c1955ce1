import { parseArgs } from 'node:util';
import { EXIT, print } from 'connect-flow-kit/command-line';
import { asker } from './ask.ts';
import { assign, plannedAssignment } from './assign-profiles.ts';
import { connectOf, stageOfAws } from './deployed-stage.ts';
import { onAccount } from './on-account.ts';
import { type StageCommand, stageNamed } from './stage-command.ts';
import { isServing, teamOf } from './team.ts';
import { teamTable } from './team-table.ts';

const READING = [
  'connect:SearchUsers',
  'connect:ListRoutingProfiles',
  'connect:ListRoutingProfileQueues',
  'connect:ListSecurityProfiles',
  'ssm:GetParameter',
];

export const agents: StageCommand = {
  summary: 'lists whose phones ring for the stage; assigns its routing profile',
  help: `Lists the users of the stage's instance with their routing profiles, and which
queues of the stage these serve. A user whose routing profile serves none gets
none of its calls. Assigning reports what it changed and how to take it
back.

  npm run stage -- agents <name>
  npm run stage -- agents <name> --assign user1,user2 [--profile NAME] [--yes]

  --assign USERS   user names, with commas between them: they get a routing
                   profile that serves the stage's queues
  --profile NAME   which routing profile, by name or id, where several serve
                   queues of the stage, or another one
  --yes            do not ask before assigning
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      options: {
        assign: { type: 'string' },
        profile: { type: 'string' },
        yes: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const name = stageNamed(positionals);
    const stage = stageOfAws(name);
    const permissions = values.assign === undefined ? READING : [...READING, 'connect:UpdateUserRoutingProfile'];
    return onAccount(stage.file.region, permissions, async (account) => {
      const connect = await connectOf(account, stage);
      const team = await teamOf(account, connect, ({ id, name }) =>
        values.profile === undefined ? values.assign !== undefined : [id, name].includes(values.profile),
      );
      if (values.assign === undefined) {
        print(teamTable(name, Object.keys(connect.queues), team.agents));
        return team.agents.some(isServing) ? EXIT.fine : EXIT.problems;
      }
      const ask = asker();
      const assignment = await plannedAssignment(ask, team, values.assign, values.profile);
      return assign(
        account,
        connect.instanceId,
        name,
        assignment,
        async () => values.yes || ask.agree('--yes', 'Assign?'),
      );
    });
  },
};
