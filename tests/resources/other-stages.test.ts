import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { stageMistakes } from '../../resources/load-stage.ts';
import { PROJECT } from '../run-command.ts';

/** settings/dev.yml as somebody fills it in. */
const STAGE = readFileSync(join(PROJECT, 'settings/dev.yml'), 'utf8')
  .replace('123456789012/example-project/', '210987654321/shop/')
  .replaceAll('00000000-0000-4000-8000-', '12345678-1234-4123-8123-')
  .replace('"+815000000000"', '"+81312345678"');

/** What keeps the stage dev from being deployed beside another. */
function mistakesBeside(other: string, dev = STAGE, name = 'trial.yml'): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'stages-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'dev.yml'), dev);
  writeFileSync(join(folder, name), other);
  return stageMistakes('dev', folder);
}

it('does not deploy a second stage that would answer the same action of KARTE: the visitor would be called twice', () => {
  expect(mistakesBeside(STAGE)).toEqual([
    expect.stringMatching(
      /^settings\/dev\.yml: karte\.actionName: found "karte_ivr_call_request", expected a different name from settings\/trial\.yml/,
    ),
  ]);
});

it('knows the action of a stage that leaves its name out', () => {
  expect(mistakesBeside(STAGE.replace(/ +actionName: .*\n/, ''))).toHaveLength(1);
});

it.each([
  ['another action', STAGE.replace('karte_ivr_call_request', 'karte_ivr_call_request_trial')],
  ['another bus', STAGE.replace('/shop/', '/another-shop/')],
  ['mistakes of its own', 'region: 1'],
])('deploys beside a stage of %s', (_, other) => {
  expect(mistakesBeside(other)).toEqual([]);
});

it('does not mind the stage of this machine', () => {
  expect(mistakesBeside(STAGE, STAGE, 'local.yml')).toEqual([]);
});

it('lets one stage alone make the bus that two share', () => {
  const maker = STAGE.replace('eventBus: false', 'eventBus: true');
  const other = maker.replace('karte_ivr_call_request', 'karte_ivr_call_request_trial');
  expect(mistakesBeside(other, maker)).toEqual([
    expect.stringContaining('create.eventBus: found true, expected false'),
  ]);
});
