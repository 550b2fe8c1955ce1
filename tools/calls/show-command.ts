import { parseArgs } from 'node:util';
import { complain, EXIT, print } from 'connect-flow-kit/command-line';
import type { CallRecord } from '../../domain/call-record.ts';
import { disconnectWords } from '../../domain/disconnect-words.ts';
import { groupInquiryNumber } from '../../domain/inquiry-number.ts';
import { describeEnding } from '../../domain/outcomes.ts';
import { clockOf, dateOf, momentIn, zoneName } from '../../domain/wall-clock.ts';
import { askedRecord, findAsked } from './asked-record.ts';
import { timelineOf } from './call-timeline.ts';
import type { CallsCommand } from './calls-command.ts';
import { nextSteps, whatIsNotKnown } from './next-steps.ts';
import { maskingOf, REVEAL_HELP, REVEAL_OPTIONS } from './reveal.ts';
import { settingsThatCount } from './settings-that-count.ts';
import { onTarget, printJson, TARGET_HELP, TARGET_OPTIONS, type Target } from './target.ts';
import { hintOf, WHOLE_TABLE_HELP, WHOLE_TABLE_OPTION } from './whole-table.ts';

export const show: CallsCommand = {
  summary: 'shows one request from click to hang-up, what its outcome means, and what to do next',
  help: `Shows one request or call from click to hang-up, what its outcome means, and what to do next.

  npm run calls -- show <request id>
  npm run calls -- show <contact id>     any contact of the call, after a transfer, too
  npm run calls -- show 4829-1532        the latest request with this inquiry number (track_id)

  --all          also show every field of the record
  --json         print the record as one JSON document
${WHOLE_TABLE_HELP}
${REVEAL_HELP}
${TARGET_HELP}
`,
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        ...TARGET_OPTIONS,
        ...WHOLE_TABLE_OPTION,
        ...REVEAL_OPTIONS,
        all: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const asked = askedRecord(positionals, 'show');
    const shown = maskingOf(values);
    return onTarget(values, async (target) => {
      const found = await findAsked(asked, target, { whole: values['whole-table'], hint: hintOf(values) });
      if ('problem' in found) {
        complain(found.problem);
        return EXIT.problems;
      }
      const [record = found.record] = await shown([found.record], found.record.requestId, target.controls);
      if (values.json) printJson(record);
      else
        print(
          `${[...(await storyOf(record, target)), ...(values.all ? ['', ...fields(record, target.timeZone)] : [])].join('\n')}\n`,
        );
      return EXIT.fine;
    });
  },
};

/** The whole story, for people. */
async function storyOf(record: CallRecord, target: Target): Promise<string[]> {
  const { timeZone } = target;
  const { limits, pressToConnect } = await settingsThatCount(target);
  const surroundings = { limits, pressToConnect, timeZone, now: new Date() };
  const unknown = whatIsNotKnown(record, surroundings);
  return [
    ...heading(record, timeZone),
    '',
    ...timelineLines(record, timeZone),
    '',
    ...meaning(record),
    ...unknown.map((line) => `Not known: ${line}`),
    '',
    ...nextSteps(record, surroundings).map((line, index) => `${index === 0 ? 'Next' : '    '}  ${line}`),
  ];
}

function heading(record: CallRecord, timeZone: string): string[] {
  const { requestId, contactId, trackId, phone, userType, kind, callAt, tryOf, tries = [], try: nth = 1 } = record;
  const about: [string, string | undefined][] = [
    ['inquiry', trackId === undefined ? undefined : groupInquiryNumber(trackId)],
    ['phone', phone],
    ['user type', userType],
    ['contact', contactId],
    ['call at', callAt === undefined ? undefined : momentIn(callAt, timeZone)],
    ['call', tryOf === undefined ? undefined : `${nth} of ${tryOf}`],
    ['then', tries.length === 0 ? undefined : tries.join(', ')],
  ];
  return [
    `${kind === undefined ? 'Request' : 'Call'} ${requestId}`,
    '',
    ...about.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(9)}  ${value}`])),
  ];
}

function timelineLines(record: CallRecord, timeZone: string): string[] {
  let day = '';
  return timelineOf(record).flatMap(({ at, text }) => {
    const line = `  ${at === undefined ? '        ' : clockOf(at, timeZone)}  ${text}`;
    const date = at === undefined ? day : dateOf(at, timeZone);
    if (date === day) return [line];
    day = date;
    return [`${date} (${zoneName(timeZone)})`, line];
  });
}

function meaning({ outcome, reason }: CallRecord): string[] {
  if (outcome === undefined) return ['It has not ended yet.'];
  const sentences = Object.values(describeEnding({ outcome, reason: reason ?? '' }));
  // Some reasons add nothing to their outcome.
  const english = new Set(sentences.map(({ en }) => en));
  const japanese = new Set(sentences.map(({ ja }) => ja));
  return [`${outcome}: ${[...english].join(' ')}`, [...japanese].join('')];
}

const fields = (record: CallRecord, timeZone: string): string[] =>
  Object.entries(record).map(([field, value]) => `  ${field.padEnd(14)} ${inWords(field, value, timeZone)}`);

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/** A field's raw value, followed by a readable form: local time, and words for the reasons of Amazon Connect. */
function inWords(field: string, value: unknown, timeZone: string): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  const raw = String(value);
  if (field === 'expiresAt') return `${raw} (${momentIn(new Date(Number(value) * 1_000).toISOString(), timeZone)})`;
  if (TIME.test(raw)) return `${raw} (${momentIn(raw, timeZone)})`;
  const words = field === 'disconnectReason' ? disconnectWords(raw) : undefined;
  return words ? `${raw} (${words.en})` : raw;
}
