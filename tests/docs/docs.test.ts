import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../domain/outcomes.ts';
import { readService } from '../../packages/sandbox/service.ts';
import { alarmsOf, WITH_EVERYTHING } from '../resources/stage-alarms.ts';

const PROJECT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');

describe('the runbook', () => {
  const sections = new Map(
    (read('docs/runbook.md').split('# Alarms')[0] ?? '')
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section]),
  );

  it.each(Object.entries(OUTCOMES))('explains %s in the words of the table, reasons included', (code, row) => {
    const section = sections.get(code);
    expect(section).toContain(row.en);
    expect(section).toContain(row.ja);
    expect(section).toContain(row.failsExecution ? 'the alarm rings' : 'The execution succeeds');
    expect(section).toContain(`npm run calls -- list --since 1h --outcome ${code} --stage prod`);
    if (row.class === 'failed') expect(section).toContain('(#do-a-request-again--もう一度電話をかける)');
    for (const [reason, { en, ja }] of Object.entries(row.reasons)) {
      expect(section).toContain(`| \`${reason}\` | ${en} | ${ja} |`);
    }
  });

  it('explains the outcomes in the order of the table, and nothing else', () => {
    expect([...sections.keys()]).toEqual(Object.keys(OUTCOMES));
  });

  it('explains every alarm, in the order of the table, and no other, with the command that shows the last hour', async () => {
    const { alarms } = await alarmsOf('dev', WITH_EVERYTHING);
    const explained = read('docs/runbook.md').split('# Alarms')[1]?.split(/^## /m).slice(1) ?? [];
    expect(explained.map((text) => text.split('\n')[0])).toEqual(
      Object.values(alarms).map(({ AlarmName }) => AlarmName.replace('karte-connect-call-dev-', '')),
    );
    for (const text of explained) expect(text).toMatch(/```sh\n(?:npm run calls|npx sls logs) /);
  });
});

describe('the page about security', () => {
  it('says of every function what it may do', () => {
    const permissions = read('docs/security.md').split('## Permissions')[1]?.split('## ')[0] ?? '';
    const named = [...permissions.matchAll(/^\| (\w+) \| /gm)].map(([, name]) => name);
    const everything = readService('dev', 0, {
      availability: { origins: ['https://www.example.com'] },
      reportToKarte: { secretName: 'karte-token' },
      recognizeCaller: {},
    });
    expect(named).toEqual(['function', ...Object.keys(everything.functions)]);
  });
});
