import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { type Packaged, packageInto, readPackaged } from './sls.ts';

const STAGES = ['dev', 'prod'] as const;
/** dev with what is deployed only where a stage asks for it, everything made by the stack. */
const WITH_OPTIONS = 'with-options';
/** The same once more. */
const AGAIN = 'again';
export const ORIGINS = ['https://www.example.com', 'https://shop.example.com'];
const OPTIONS = {
  '\navailability: null\n': `\navailability: { origins: ${JSON.stringify(ORIGINS)} }\n`,
  '\nrecognizeCaller: null\n': '\nrecognizeCaller: { hours: 24 }\n',
  '\n  addresses: []\n': '\n  addresses: [call-alarms@example.com]\n',
  '\nreportToKarte: null\n': '\nreportToKarte: { secretName: karte-token }\n',
  '  intake: eventbridge': '  intake: sns',
  'signature:\n  mode: "off"\n  secretName: null': 'signature: { mode: required, secretName: signing-keys }',
  '\nappointments: null\n': '\nappointments: { perSlot: 1 }\n',
  'retryUnanswered:\n  times: 0': 'retryUnanswered:\n  times: 1',
  '\nofferCallBack: null\n': '\nofferCallBack: {}\n',
  'whenClosed:\n  do: refuse': 'whenClosed:\n  do: wait',
  '  silentRequests: null': '  silentRequests: 18',
  // All that a stack can make.
  'instanceId: 00000000-0000-4000-8000-000000000001': 'instanceId: create',
  'support: 00000000-0000-4000-8000-00000000a001': 'support: create\n    sales-team: create',
  '  instanceAlias: null': '  instanceAlias: example-call-centre',
  '  hours: null':
    '  hours: { days: [MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY], start: "09:00", end: "24:00", alsoClosed: ["2099-12-29"] }',
  '  routingProfiles: false': '  routingProfiles: true',
  '  eventBus: false': '  eventBus: true',
  '  flowVersions: false': '  flowVersions: true',
  '  approvedOrigins: []': '  approvedOrigins: ["https://admin.karte.io"]',
};

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder with a folder of each packaged stage. */
    packagedStages: string;
  }
}

/** Packages each stage once, before the first test file that looks at one. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'packaged-'));
  for (const name of [...STAGES, WITH_OPTIONS, AGAIN]) mkdirSync(join(folder, name));
  const [first, ...others] = STAGES;
  // One alone, beside lint and types: what it compiles of the framework, the others find in the cache.
  await packageInto(join(folder, first), first);
  await Promise.all([
    ...others.map((stage) => packageInto(join(folder, stage), stage)),
    ...[WITH_OPTIONS, AGAIN].map((name) => packageInto(join(folder, name), 'dev', askForOptions)),
  ]);
  project.provide('packagedStages', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

function askForOptions(project: string): void {
  const file = join(project, 'settings/dev.yml');
  let settings = readFileSync(file, 'utf8');
  for (const [off, on] of Object.entries(OPTIONS)) {
    if (!settings.includes(off)) throw new Error(`settings/dev.yml has no ${off}`);
    settings = settings.replace(off, on);
  }
  writeFileSync(file, settings);
}

export const packagedWithOptions = (): Packaged => readPackaged(join(inject('packagedStages'), WITH_OPTIONS));

/** What would be deployed, as often as it was packaged: the bytes of the template and of each function's zip. */
export const packagedTwice = (): Record<string, string>[] =>
  [WITH_OPTIONS, AGAIN].map((name) => {
    const folder = join(inject('packagedStages'), name);
    const files = readdirSync(folder).filter((file) => /\.zip$|update-stack\.json$/.test(file));
    return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'latin1')]));
  });

export const packagedStage = (stage: (typeof STAGES)[number]): Packaged =>
  readPackaged(join(inject('packagedStages'), stage));
