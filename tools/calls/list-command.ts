import { parseArgs } from 'node:util';
import { EXIT, oneOf, print, UsageError, wholeNumber } from 'connect-flow-kit/command-line';
import type { CallRecord } from '../../domain/call-record.ts';
import type { OutcomeClass } from '../../domain/outcome-row.ts';
import { OUTCOMES, type Outcome } from '../../domain/outcomes.ts';
import { withoutSeparators } from '../../domain/typed-digits.ts';
import type { CallsCommand } from './calls-command.ts';
import { logCsv, logTable } from './log-table.ts';
import { progressOn } from './progress.ts';
import { maskingOf, REVEAL_HELP, REVEAL_OPTIONS } from './reveal.ts';
import { SINCE_HELP, sinceOf } from './since.ts';
import { onTarget, printJson, TARGET_HELP, TARGET_OPTIONS, type Target } from './target.ts';
import { widthOf } from './terminal-table.ts';
import { hintOf, WHOLE_TABLE_HELP, WHOLE_TABLE_OPTION } from './whole-table.ts';

const USUAL_LIMIT = '20';
const HIGHEST_LIMIT = 100_000;
const CLASSES = [...new Set(Object.values(OUTCOMES).map((row): OutcomeClass => row.class))];
const KINDS = ['request', 'inbound', 'by_hand'] as const;

export const list: CallsCommand = {
  summary: 'lists the call log, latest first',
  help: `Lists requests and calls, the latest first: time, inquiry number, outcome, how long the request
waited for its call, and how long customer and agent spoke. Numbers are masked. Reads day by day until it has enough.

  npm run calls -- list [--since 2h] [--class missed] [--outcome not_answered] [--phone 5678] [--json | --csv]

  --limit N      how many (default ${USUAL_LIMIT}; with --since or --csv all, ${HIGHEST_LIMIT} at most)
  --since WHEN   only those since then: ${SINCE_HELP}
  --class X      ${CLASSES.join(', ')}
  --outcome X    call_placed, completed, not_answered … (docs/runbook.md)
  --phone 5678   only numbers that end like this: the last 2 to 8 digits
  --kind X       request: asked for on the web site; inbound: customers who called; by_hand: dialled by agents
  --json         print one JSON document with every field
  --csv          print RFC 4180 in UTF-8, with the byte order mark that Excel in Japan needs; times in the stage's zone.
                 A cell that a spreadsheet would take for a formula (masked numbers begin with +) is prefixed with an apostrophe
${WHOLE_TABLE_HELP}
${REVEAL_HELP}
${TARGET_HELP}
`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        ...TARGET_OPTIONS,
        ...WHOLE_TABLE_OPTION,
        ...REVEAL_OPTIONS,
        limit: { type: 'string' },
        since: { type: 'string' },
        class: { type: 'string' },
        outcome: { type: 'string' },
        phone: { type: 'string' },
        kind: { type: 'string' },
        json: { type: 'boolean', default: false },
        csv: { type: 'boolean', default: false },
      },
    });
    if (values.json && values.csv) throw new UsageError('--json and --csv cannot be combined');
    const takesAll = values.limit === undefined && (values.since !== undefined || values.csv);
    const limit = takesAll ? HIGHEST_LIMIT : wholeNumber('--limit', values.limit ?? USUAL_LIMIT, 1, HIGHEST_LIMIT);
    const isWanted = filterOf(values);
    const shown = maskingOf(values);

    return onTarget(values, async (target) => {
      const { name, timeZone, controls } = target;
      const since = values.since === undefined ? undefined : sinceOf(values.since, timeZone, new Date());
      const { records, hasMore, from } = await find(target, { since, limit, isWanted, whole: values['whole-table'] });
      const found = await shown(records, `list of ${records.length}`, controls);
      if (values.json) printJson(found);
      else if (values.csv) process.stdout.write(logCsv(found, timeZone));
      else if (found.length === 0) {
        print(`No matching call record in ${name}: searched ${from}${hintOf(values)}.\n`);
      } else {
        print(`${logTable(found, { name, timeZone, width: widthOf(process.stdout) }).join('\n')}\n`);
      }
      // On standard error, so that a program reads the records alone.
      if (hasMore) console.error(`These are the latest ${limit}; there are more: --limit N shows them`);
      return EXIT.fine;
    });
  },
};

interface Wanted {
  since: Date | undefined;
  limit: number;
  isWanted: (record: CallRecord) => boolean;
  whole: boolean;
}

/** The latest matching records, and what was searched for them, in words. */
async function find({ log }: Target, { since, limit, isWanted, whole }: Wanted) {
  const records: CallRecord[] = [];
  const progress = progressOn();
  let looked = 0;
  let day = '';
  const take = (some: readonly CallRecord[]): boolean => {
    looked += some.length;
    records.push(...some.filter(isWanted));
    progress.at(`${looked} records read, back to ${day}: ${records.length} found`);
    return records.length > limit;
  };
  try {
    if (whole) {
      const from = since?.toISOString() ?? '';
      take((await log.all()).filter(({ receivedAt }) => receivedAt >= from).reverse());
    } else {
      for await (const page of log.pages(since)) {
        day = page.day;
        if (take(page.records)) break;
      }
    }
  } finally {
    progress.done();
  }
  const back = since === undefined ? `all days that records are kept` : 'that time';
  return {
    records: records.slice(0, limit),
    hasMore: records.length > limit,
    from: `${looked === 1 ? '1 record' : `${looked} records`} of ${whole ? 'the whole table' : back}`,
  };
}

interface FilterValues {
  class?: string | undefined;
  outcome?: string | undefined;
  phone?: string | undefined;
  kind?: string | undefined;
}

function filterOf(values: FilterValues): (record: CallRecord) => boolean {
  const wantedClass = values.class === undefined ? undefined : oneOf('--class', values.class, CLASSES);
  const outcome =
    values.outcome === undefined ? undefined : oneOf('--outcome', values.outcome, Object.keys(OUTCOMES) as Outcome[]);
  const kind = values.kind === undefined ? undefined : oneOf('--kind', values.kind, KINDS);
  const digits = values.phone === undefined ? undefined : lastDigits(values.phone);
  return (record) =>
    (wantedClass === undefined || record.class === wantedClass) &&
    (outcome === undefined || record.outcome === outcome) &&
    (kind === undefined || (record.kind ?? 'request') === kind) &&
    (digits === undefined || record.phone?.endsWith(digits) === true);
}

/** A whole number is refused: it would stay in the shell's history. */
function lastDigits(typed: string): string {
  const digits = withoutSeparators(typed);
  if (!/^\d{2,8}$/.test(digits)) {
    throw new UsageError('--phone takes the last 2 to 8 digits of a telephone number, such as 5678');
  }
  return digits;
}
