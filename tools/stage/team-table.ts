import { counted } from '../../packages/account/counted.ts';
import { tableLines, widthOf } from '../calls/terminal-table.ts';
import { type Agent, isServing } from './team.ts';

/** The users of a stage's instance, those who get its calls first, and what to do next. */
export function teamTable(stage: string, queues: readonly string[], agents: readonly Agent[]): string {
  const sorted = agents.toSorted((a, b) => Number(isServing(b)) - Number(isServing(a)));
  const lines = tableLines(
    [
      { head: 'user', cells: sorted.map(({ username }) => username), least: 8 },
      { head: 'serves', cells: sorted.map((agent) => agent.profile.serves?.join(', ') || '-'), least: 8 },
      { head: 'routing profile', cells: sorted.map(({ profile }) => profile.name), least: 12 },
      { head: 'security profiles', cells: sorted.map(({ security }) => security.join(', ') || '-'), spare: true },
    ],
    widthOf(process.stdout),
  );
  return `${agents.length === 0 ? '' : `${lines.join('\n')}\n\n`}${verdict(stage, queues, sorted)}\n`;
}

function verdict(stage: string, queues: readonly string[], agents: readonly Agent[]): string {
  if (agents.length === 0) {
    return 'The instance has no users. Add agents in Amazon Connect, under Users > User management, then assign them here.';
  }
  const served = new Set(agents.flatMap(({ profile }) => profile.serves ?? []));
  const alone = queues.filter((queue) => !served.has(queue));
  const count = agents.filter(isServing).length;
  const assign = `npm run stage -- agents ${stage} --assign ${agents.find((agent) => !isServing(agent))?.username ?? 'user1'}`;
  if (count === 0)
    return `No user gets calls of the stage (there ${agents.length === 1 ? 'is' : 'are'} ${counted(agents.length, 'user')}): nobody's phone rings.\n  ${assign}`;
  return [
    `${count} of ${agents.length} users get calls of the stage, once they are logged in to the CCP and Available.`,
    ...(alone.length > 0 ? [`Nobody serves ${alone.join(', ')}.\n  ${assign}`] : []),
  ].join('\n');
}
