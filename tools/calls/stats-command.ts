import { parseArgs } from 'node:util';
import { EXIT, print } from 'connect-flow-kit/command-line';
import { type CallRecord, maskRecord } from '../../domain/call-record.ts';
import { dateAndClock, zoneName } from '../../domain/wall-clock.ts';
import { callFigures } from './call-figures.ts';
import type { CallsCommand } from './calls-command.ts';
import { figuresPage } from './figures-page.ts';
import { progressOn } from './progress.ts';
import { beginningOfDay, SINCE_HELP, sinceOf } from './since.ts';
import { onTarget, printJson, TARGET_HELP, TARGET_OPTIONS } from './target.ts';
import { widthOf } from './terminal-table.ts';

export const stats: CallsCommand = {
  summary: "counts today's outcomes: rates, times, by hour and by inquiry",
  help: `Counts the outcomes of requests, how many were answered and reached an agent, how long they waited and spoke,
by hour and by inquiry. Customers who called the number, and calls dialled by hand, are counted separately.

  npm run calls -- stats [--since 3d] [--json]

  --since WHEN   requests since then (default: today, in the zone of the stage): ${SINCE_HELP}
  --json         print one JSON document; times in milliseconds
${TARGET_HELP}
`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { ...TARGET_OPTIONS, since: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    return onTarget(values, async ({ name, timeZone, log }) => {
      const now = new Date();
      const since = values.since === undefined ? beginningOfDay(now, timeZone) : sinceOf(values.since, timeZone, now);
      const records: CallRecord[] = [];
      const progress = progressOn();
      try {
        for await (const page of log.pages(since)) {
          // An inquiry is the visitor's own words, which may hold a number.
          for (const record of page.records) records.push(maskRecord(record));
          progress.at(`${records.length} records read, back to ${page.day}`);
        }
      } finally {
        progress.done();
      }
      const figures = callFigures(records, timeZone);
      if (values.json) printJson({ since: since.toISOString(), timeZone, ...figures });
      else {
        const from = `${dateAndClock(since.toISOString(), timeZone)} (${zoneName(timeZone)})`;
        print(`${figuresPage(figures, { name, from, width: widthOf(process.stdout) }).join('\n')}\n`);
      }
      return EXIT.fine;
    });
  },
};
