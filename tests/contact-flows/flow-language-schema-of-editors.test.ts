import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { PROJECT } from '../run-command.ts';

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const FLOWS = join(PROJECT, 'contact-flows');
const SCHEMA = fileURLToPath(import.meta.resolve('connect-flow-kit/flow-language.schema.json'));

const isValid = new Ajv({ allErrors: true, strict: false }).compile(read(SCHEMA));
const files = readdirSync(FLOWS).filter((name) => name.endsWith('.json'));

it.each(files)('contact-flows/%s is valid by the schema that editors have', (name) => {
  expect(isValid(read(join(FLOWS, name))), JSON.stringify(isValid.errors)).toBe(true);
});

it('Visual Studio Code knows that schema for these files', () => {
  const [{ fileMatch, url }] = read(join(PROJECT, '.vscode/settings.json'))['json.schemas'];
  expect(fileMatch).toEqual(['/contact-flows/*.json']);
  expect(join(PROJECT, url)).toBe(SCHEMA);
});
