import { parseArgs } from 'node:util';
import { EXIT, print } from 'connect-flow-kit/command-line';
import { dayOfSlot } from '../../domain/appointment-slots.ts';
import { settingsOf } from '../../domain/stage-settings.ts';
import { momentIn } from '../../domain/wall-clock.ts';
import type { CallsCommand } from './calls-command.ts';
import { changed, onTarget, TARGET_HELP, TARGET_OPTIONS, type Target } from './target.ts';

/** How many calls are promised from now on, and when the next one is due. Undefined if the stage makes no appointments. */
async function appointmentsAhead(
  { stage, appointments, withIds }: Pick<Target, 'stage' | 'appointments' | 'withIds'>,
  now: Date,
) {
  const { appointments: settings } = stage.file;
  if (settings === null) return undefined;
  const days = Array.from({ length: settings.maxDays + 1 }, (_, day) =>
    dayOfSlot(new Date(now.getTime() + day * 24 * 60 * 60_000)),
  );
  const { connect } = await withIds(settingsOf(stage.file, false));
  const taken = await appointments.taken(Object.values(connect.queues), days);
  const slots = [...taken.values()].flatMap((slots) => [...slots]).filter(([at]) => at > now.getTime());
  const count = slots.reduce((sum, [, places]) => sum + places, 0);
  if (count === 0) return { count };
  return { count, next: new Date(Math.min(...slots.map(([at]) => at))).toISOString() };
}

/** How many changes are shown. */
const LAST_CHANGES = 10;

export const status: CallsCommand = {
  summary: 'shows what is switched now: calling, limits, blocked numbers (the default command)',
  help: `Shows what has been switched: whether calling is stopped, which limits replace the stage's, how many numbers
are blocked, and the last changes.

  npm run calls -- status [--json]

${TARGET_HELP}
  --json         print one JSON document
`,
  async run(args) {
    const { values } = parseArgs({ args, options: { ...TARGET_OPTIONS, json: { type: 'boolean', default: false } } });
    return onTarget(values, async ({ name, controls, ...target }) => {
      const [{ stopped, limits, changes }, blocked, history, ahead] = await Promise.all([
        controls.read(),
        controls.blockList(),
        controls.history(),
        appointmentsAhead(target, new Date()),
      ]);
      const optedOut = blocked.filter(({ kind }) => kind === 'opted_out').length;
      if (values.json) {
        const document = {
          stopped,
          limits,
          changes,
          blocked: blocked.length,
          optedOut,
          history,
          ...(ahead && { appointments: ahead }),
        };
        process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
        return EXIT.fine;
      }
      const since = (change: (typeof changes)['stopped']) =>
        change ? `, since ${changed(change, target.timeZone)}` : '';
      const replaced = Object.keys(limits).length;
      const lines = [
        `Switches of ${name}`,
        '',
        `  calling  ${stopped ? 'STOPPED' : 'on'}${since(changes.stopped)}`,
        `  limits   ${replaced === 0 ? "the stage's own" : `${replaced} replaced (npm run calls -- limits)`}${since(changes.limits)}`,
        `  blocked  ${blocked.length === 1 ? '1 number' : `${blocked.length} numbers`}, ${optedOut} opted out`,
      ];
      if (ahead) {
        const next = ahead.next === undefined ? '' : `, the next at ${momentIn(ahead.next, target.timeZone)}`;
        lines.push(`  appointments  ${ahead.count} ahead${next} (npm run calls -- list)`);
      }
      if (history.length > 0) lines.push('', 'Last changes', '');
      for (const { at, by, what, why } of history.slice(-LAST_CHANGES).reverse()) {
        lines.push(`  ${momentIn(at, target.timeZone)}  ${what}, by ${by}: ${why}`);
      }
      print(`${lines.join('\n')}\n`);
      return EXIT.fine;
    });
  },
};
