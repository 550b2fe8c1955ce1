import { parseArgs } from 'node:util';
import { EXIT, oneOf, print, UsageError, wholeNumber } from 'connect-flow-kit/command-line';
import { type CallRecord, maskRecord } from '../../domain/call-record.ts';
import { groupInquiryNumber, inquiryDigits, isInquiryNumber } from '../../domain/inquiry-number.ts';
import { describeEnding, OUTCOMES, type Outcome, runbookAnchor } from '../../domain/outcomes.ts';
import type { CallsCommand } from './calls-command.ts';
import { moment, onTarget, TARGET_HELP, TARGET_OPTIONS } from './target.ts';

const JSON_OPTION = { json: { type: 'boolean', default: false } } as const;

/** Records that were written before the calls table had an index are not in it. */
const WHOLE_TABLE_OPTION = { 'whole-table': { type: 'boolean', default: false } } as const;
const WHOLE_TABLE_HELP =
  '  --whole-table  read the whole table: finds records from before it had an index, too (CHANGELOG.md)';
const hintOf = (values: { 'whole-table': boolean }): string =>
  values['whole-table'] ? '' : '; older than the index of the table? Then with --whole-table';

const printJson = (document: unknown) => process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);

export const list: CallsCommand = {
  summary: 'the call log, latest first',
  help: `Lists call records, the latest first, numbers masked. Reads day by day, until there are enough.

  npm run calls -- list [--limit N] [--outcome OUTCOME] [--whole-table] [--json]

  --limit N      so many records (default 20)
  --outcome X    only those that ended so: call_placed, no_agents_available … (docs/runbook.md)
  --json         print one JSON document
${WHOLE_TABLE_HELP}
${TARGET_HELP}
`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        ...TARGET_OPTIONS,
        ...JSON_OPTION,
        ...WHOLE_TABLE_OPTION,
        limit: { type: 'string', default: '20' },
        outcome: { type: 'string' },
      },
    });
    const limit = wholeNumber('--limit', values.limit, 1, 10_000);
    const outcome = values.outcome && oneOf('--outcome', values.outcome, Object.keys(OUTCOMES) as Outcome[]);
    return onTarget(values, async ({ name, log }) => {
      const isWanted = (record: CallRecord) => !outcome || record.outcome === outcome;
      const records = values['whole-table']
        ? (await log.all()).filter(isWanted).reverse().slice(0, limit)
        : await log.latest(limit, isWanted);
      const found = records.map(maskRecord);
      if (values.json) printJson(found);
      else if (found.length === 0) print(`There is no such call record in ${name}${hintOf(values)}.\n`);
      else print(`${found.map(line).join('\n')}\n`);
      return EXIT.fine;
    });
  },
};

function line({ receivedAt, requestId, phone, userType, outcome, reason, status }: CallRecord): string {
  const ending = outcome === undefined ? `(${status})` : `${outcome}: ${reason}`;
  return [moment(receivedAt), requestId.padEnd(36), (phone ?? '').padEnd(13), (userType ?? '').padEnd(8), ending]
    .join('  ')
    .trimEnd();
}

export const show: CallsCommand = {
  summary: 'one call record, by its id or by the inquiry number, with what its outcome means',
  help: `Shows one call record, its number masked, and what its outcome means.

  npm run calls -- show <request id> [--json]
  npm run calls -- show 4829-1532     the latest with this inquiry number (track_id)

  --json         print one JSON document
${WHOLE_TABLE_HELP}
${TARGET_HELP}
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { ...TARGET_OPTIONS, ...JSON_OPTION, ...WHOLE_TABLE_OPTION },
    });
    const [asked, ...more] = positionals;
    if (asked === undefined || more.length > 0) {
      throw new UsageError('expected one request id or inquiry number: npm run calls -- show <request id>');
    }
    return onTarget(values, async ({ name, log }) => {
      const inquiryNumber = inquiryDigits(asked);
      const found =
        inquiryNumber === undefined
          ? await log.one(asked)
          : values['whole-table']
            ? (await log.all()).findLast(({ trackId }) => trackId === inquiryNumber)
            : await log.withInquiryNumber(inquiryNumber);
      if (!found) {
        console.error(whyNotFound(inquiryNumber, name, hintOf(values)));
        return EXIT.problems;
      }
      const record = maskRecord(found);
      if (values.json) printJson(record);
      else print(`${[...fields(record), '', ...meaning(record)].join('\n')}\n`);
      return EXIT.fine;
    });
  },
};

function whyNotFound(inquiryNumber: string | undefined, target: string, hint: string): string {
  if (inquiryNumber === undefined) return `there is no call record with this request id in ${target}`;
  if (isInquiryNumber(inquiryNumber)) return `there is no call record with this inquiry number in ${target}${hint}`;
  return `${groupInquiryNumber(inquiryNumber)} is no inquiry number: a digit was misheard, or two were swapped. Ask the customer to say it again`;
}

const fields = (record: CallRecord): string[] =>
  Object.entries(record).map(
    ([field, value]) => `  ${field.padEnd(14)} ${Array.isArray(value) ? value.join(', ') : String(value)}`,
  );

function meaning({ outcome, reason, status }: CallRecord): string[] {
  if (outcome === undefined) return [`The request has not ended yet: ${status}.`];
  const sentences = Object.values(describeEnding({ outcome, reason: reason ?? '' }));
  // Some reasons say no more than their outcome does.
  const english = new Set(sentences.map(({ en }) => en));
  const japanese = new Set(sentences.map(({ ja }) => ja));
  return [`${outcome}: ${[...english].join(' ')}`, [...japanese].join(''), runbookAnchor(outcome)];
}
