import { parseArgs } from 'node:util';
import { EXIT, print } from 'connect-flow-kit/command-line';
import type { CallsCommand } from './calls-command.ts';
import { changed, moment, onTarget, TARGET_HELP, TARGET_OPTIONS } from './target.ts';

/** Changes that are shown. */
const LAST_CHANGES = 10;

export const status: CallsCommand = {
  summary: 'what is switched now: calling, limits, blocked numbers (without a command, too)',
  help: `Shows what people have switched: whether calling is stopped, which limits replace the stage's, how many numbers
are blocked, and the last changes.

  npm run calls -- status [--json]

${TARGET_HELP}
  --json         print one JSON document
`,
  async run(args) {
    const { values } = parseArgs({ args, options: { ...TARGET_OPTIONS, json: { type: 'boolean', default: false } } });
    return onTarget(values, async ({ name, controls }) => {
      const [{ stopped, limits, changes }, blocked, history] = await Promise.all([
        controls.read(),
        controls.blockList(),
        controls.history(),
      ]);
      const optedOut = blocked.filter(({ kind }) => kind === 'opted_out').length;
      if (values.json) {
        const document = { stopped, limits, changes, blocked: blocked.length, optedOut, history };
        process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
        return EXIT.fine;
      }
      const since = (change: (typeof changes)['stopped']) => (change ? `, since ${changed(change)}` : '');
      const replaced = Object.keys(limits).length;
      const lines = [
        `Switches of ${name}`,
        '',
        `  calling  ${stopped ? 'STOPPED' : 'on'}${since(changes.stopped)}`,
        `  limits   ${replaced === 0 ? "the stage's own" : `${replaced} replaced (npm run calls -- limits)`}${since(changes.limits)}`,
        `  blocked  ${blocked.length === 1 ? '1 number' : `${blocked.length} numbers`}, ${optedOut} opted out`,
      ];
      if (history.length > 0) lines.push('', 'Last changes', '');
      for (const { at, by, what, why } of history.slice(-LAST_CHANGES).reverse()) {
        lines.push(`  ${moment(at)}  ${what}, by ${by}: ${why}`);
      }
      print(`${lines.join('\n')}\n`);
      return EXIT.fine;
    });
  },
};
