import { parseArgs } from 'node:util';
import { EXIT, oneOf, print, UsageError, wholeNumber } from 'connect-flow-kit/command-line';
import type { CallsLog } from '../../adapters/calls-log.ts';
import { type CallRecord, maskRecord } from '../../domain/call-record.ts';
import { groupInquiryNumber, inquiryDigits, isInquiryNumber } from '../../domain/inquiry-number.ts';
import { describeEnding, OUTCOMES, type Outcome, runbookAnchor } from '../../domain/outcomes.ts';
import type { CallsCommand } from './calls-command.ts';
import { moment, onTarget, TARGET_HELP, TARGET_OPTIONS } from './target.ts';

const JSON_OPTION = { json: { type: 'boolean', default: false } } as const;

const printJson = (document: unknown) => process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);

export const list: CallsCommand = {
  summary: 'the call log, latest first',
  help: `Lists call records, the latest first, numbers masked. Reads the whole table of the stage.

  npm run calls -- list [--limit N] [--outcome OUTCOME] [--json]

  --limit N      so many records (default 20)
  --outcome X    only those that ended so: call_placed, no_agents_available … (docs/runbook.md)
  --json         print one JSON document
${TARGET_HELP}
`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        ...TARGET_OPTIONS,
        ...JSON_OPTION,
        limit: { type: 'string', default: '20' },
        outcome: { type: 'string' },
      },
    });
    const limit = wholeNumber('--limit', values.limit, 1, 10_000);
    const outcome = values.outcome && oneOf('--outcome', values.outcome, Object.keys(OUTCOMES) as Outcome[]);
    return onTarget(values, async ({ name, log }) => {
      const found = (await log.all())
        .filter((record) => !outcome || record.outcome === outcome)
        .reverse()
        .slice(0, limit)
        .map(maskRecord);
      if (values.json) printJson(found);
      else if (found.length === 0) print(`There is no such call record in ${name}.\n`);
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
  npm run calls -- show 4829-1532     the latest with this inquiry number (track_id). Reads the whole table of the stage.

  --json         print one JSON document
${TARGET_HELP}
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { ...TARGET_OPTIONS, ...JSON_OPTION },
    });
    const [asked, ...more] = positionals;
    if (asked === undefined || more.length > 0) {
      throw new UsageError('expected one request id or inquiry number: npm run calls -- show <request id>');
    }
    return onTarget(values, async ({ name, log }) => {
      const inquiryNumber = inquiryDigits(asked);
      const found = inquiryNumber === undefined ? await log.one(asked) : await latestOf(inquiryNumber, log);
      if (!found) {
        console.error(whyNotFound(inquiryNumber, name));
        return EXIT.problems;
      }
      const record = maskRecord(found);
      if (values.json) printJson(record);
      else print(`${[...fields(record), '', ...meaning(record)].join('\n')}\n`);
      return EXIT.fine;
    });
  },
};

const latestOf = async (inquiryNumber: string, log: CallsLog): Promise<CallRecord | undefined> =>
  (await log.all()).findLast(({ trackId }) => trackId === inquiryNumber);

function whyNotFound(inquiryNumber: string | undefined, target: string): string {
  if (inquiryNumber === undefined) return `there is no call record with this request id in ${target}`;
  if (isInquiryNumber(inquiryNumber)) return `there is no call record with this inquiry number in ${target}`;
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
