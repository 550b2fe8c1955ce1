import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OUTCOMES, type Outcome } from '../../domain/outcomes.ts';
import { readService } from '../../packages/sandbox/service.ts';
import { whyNeverAgain } from '../../tools/calls/why-not-again.ts';
import { alarmsOf, WITH_EVERYTHING } from '../resources/stage-alarms.ts';

const PROJECT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(PROJECT, path), 'utf8');

const NOW = new Date('2026-11-22T03:00:00.000Z');
const ENDED = {
  requestId: '11111111-2222-4333-8444-555555555555',
  executionId: 'arn:aws:states:ap-northeast-1:000000000000:execution:machine:name',
  status: 'ended',
  attempts: 0,
  requestedAt: NOW.toISOString(),
  receivedAt: NOW.toISOString(),
  expiresAt: 0,
} as const;
/** Never done again for what else their records and events say. */
const NEVER_BY_THEIR_FIELDS = new Set(['not_tried_again', 'appointment_missed', 'call_back_in_vain']);

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
    const isNever = NEVER_BY_THEIR_FIELDS.has(code) || whyNeverAgain({ ...ENDED, outcome: code as Outcome }, NOW);
    const command = 'npm run calls -- again <request id> --why "…" --stage prod';
    expect(section).toContain(isNever ? '\nNot again / かけ直し不可: ' : `\nAgain / かけ直し: \`${command}\`: `);
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
    // To a shell, `--stage <stage>` reads a file called stage.
    expect(explained.filter((text) => text.includes('<stage>'))).toEqual([]);
    for (const text of explained) expect(text).toMatch(/```sh\n(?:npm run calls|npm run doctor|npx sls logs) /);
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
