import { statSync } from 'node:fs';
import { join, parse as parsePath } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, oneOf, print, runCommand, UsageError } from 'connect-flow-kit/command-line';
import { progressOn } from './calls/progress.ts';

const HELP = `Converts a file you have into the one from which KARTE Datahub reads telephone numbers (user_id,phone_e164).

  npm run phones -- in.csv out.csv [options]

  --encoding NAME    encoding of in.csv: utf-8, cp932 (Shift_JIS of Windows), euc-jp, iso-2022-jp, utf-16le or utf-16be (default:
                     detected; where the bytes may be EUC-JP as well as CP932, it asks for this option)
  --delimiter NAME   comma, semicolon or tab (default: that of a first line sep=…, else detected)
  --id NAME          the column of user ids, by its name in the first row (default: a usual name, such as user_id or 会員番号)
  --phone NAME       the column of numbers (default: a usual name, such as phone, tel or 電話番号)
  --fix-excel        undo what Excel did, if nothing is lost: a missing leading 0, ="090…", an apostrophe, 8.19012345678E+11
                     with all digits, a trailing .0, 9,012,345,678. Without it such rows are rejected
  --stage NAME       accept numbers of this stage's countries; numbers without + belong to the first (default: Japan only)
  --language LANG    language of the reasons: en or ja (default en)
  --force            overwrite out.csv and out.rejected.csv
  --help             this text

Rows that cannot be accepted go to out.rejected.csv, with their line in in.csv and the reason: fix them there, and run this again
on that file. Exit code 0: every row was written, even if there were none; 1: some were rejected; 2: nothing was written. More:
docs/phones.md.
`;

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      encoding: { type: 'string' },
      delimiter: { type: 'string' },
      id: { type: 'string' },
      phone: { type: 'string' },
      'fix-excel': { type: 'boolean', default: false },
      stage: { type: 'string' },
      language: { type: 'string', default: 'en' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || args.length === 0) {
    process.stdout.write(HELP);
    return values.help ? EXIT.fine : EXIT.unusable;
  }
  const [input, out, ...more] = positionals;
  if (input === undefined || out === undefined || more.length > 0) {
    throw new UsageError(`expected two files, in.csv and out.csv; found ${positionals.length}`);
  }
  const there = statSync(input, { throwIfNoEntry: false });
  if (!there) throw new UsageError(`there is no file ${input}`);
  // It is read more than once, which a pipe does not allow.
  if (!there.isFile()) throw new UsageError(`${input} is not a regular file: save the data to one`);
  const language = oneOf('--language', values.language, ['en', 'ja']);

  // Imported lazily, so that --help and usage errors are answered at once.
  const { ENCODINGS } = await import('./phones/encodings.ts');
  const { DELIMITER_NAMES } = await import('./phones/csv-form.ts');
  const { refuseToOverwrite, writeWhole } = await import('./phones/output-files.ts');
  const { convertPhones } = await import('./phones/convert-phones.ts');
  const { formOf } = await import('./phones/file-form.ts');
  const { rulesOfAgents } = await import('./phones/rules-of-agents.ts');
  const { summaryOf } = await import('./phones/phones-summary.ts');

  const { encoding, delimiter, id, phone, force } = values;
  const wanted = {
    ...(encoding !== undefined && { encoding: oneOf('--encoding', encoding, ENCODINGS) }),
    ...(delimiter !== undefined && { delimiter: oneOf('--delimiter', delimiter, DELIMITER_NAMES) }),
    ...(id !== undefined && { id }),
    ...(phone !== undefined && { phone }),
  };
  const rejectedFile = rejectedBeside(out);
  refuseToOverwrite(input, [out, rejectedFile], { force });
  const form = await formOf(input, wanted);
  const options = { rules: await rulesOfAgents(values.stage), fixExcel: values['fix-excel'], language };
  const progress = progressOn();
  const tell = (rows: number) => progress.at(`${rows.toLocaleString('en')} rows read`);
  const counts = await writeWhole([rejectedFile, out], { force }, (rejected, written) =>
    convertPhones(form, { written, rejected }, options, tell),
  ).finally(() => progress.done());
  const given = { delimiter: delimiter !== undefined, id: id !== undefined, phone: phone !== undefined };
  print(summaryOf(form, counts, { out, rejectedFile, language, given }));
  return counts.rejected.size === 0 ? EXIT.fine : EXIT.problems;
}

/** `out.csv` → `out.rejected.csv`, in the same folder. */
function rejectedBeside(out: string): string {
  const { dir, name, ext } = parsePath(out);
  return join(dir, `${name}.rejected${ext || '.csv'}`);
}

/** The file system's own message about an unreadable file is clear enough. */
await runCommand(main, (error) => (error instanceof Error && 'syscall' in error ? error.message : undefined));
