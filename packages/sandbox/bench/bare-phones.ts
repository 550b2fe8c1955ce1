import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { EVERY_KIND, normalisePhone } from '../../../domain/phone-number.ts';

/**
 * What `npm run phones` is compared with: the same parser, `normalisePhone` and a file, and nothing else. A separate file,
 * since it is run as a process: `node bare-phones.ts in.csv out.csv`.
 */
const [input = '', out = ''] = process.argv.slice(2);
const rules = { countries: ['JP'] as const, ...EVERY_KIND };
const file = await open(out, 'w');
let text = 'user_id,phone_e164\n';

async function* chunks(): AsyncGenerator<Buffer> {
  for await (const bytes of createReadStream(input)) {
    yield bytes;
    await file.writeFile(text);
    text = '';
  }
}

const parser = parse({
  record_delimiter: ['\r\n', '\n', '\r'],
  relax_quotes: true,
  relax_column_count: true,
  on_record([id = '', typed]: string[]) {
    const phone = normalisePhone(typed, rules);
    if (phone.ok) text += `"${id.replaceAll('"', '""')}","${phone.e164}"\n`;
    return null;
  },
});
await pipeline(chunks, parser);
await file.writeFile(text);
await file.close();
