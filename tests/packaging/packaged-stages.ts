import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { type Packaged, packageInto, readPackaged } from './sls.ts';

const STAGES = ['dev', 'prod'] as const;
/** dev with what is deployed only where a stage asks for it. */
const WITH_OPTIONS = 'with-options';
export const ORIGINS = ['https://www.example.com', 'https://shop.example.com'];
const OPTIONS = {
  availability: `{ origins: ${JSON.stringify(ORIGINS)} }`,
  recognizeCaller: '{ hours: 24 }',
  reportToKarte: '{ secretName: karte-token }',
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
  for (const name of [...STAGES, WITH_OPTIONS]) mkdirSync(join(folder, name));
  await Promise.all([
    ...STAGES.map((stage) => packageInto(join(folder, stage), stage)),
    packageInto(join(folder, WITH_OPTIONS), 'dev', askForOptions),
  ]);
  project.provide('packagedStages', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

function askForOptions(project: string): void {
  const file = join(project, 'settings/dev.yml');
  let settings = readFileSync(file, 'utf8');
  for (const [name, value] of Object.entries(OPTIONS))
    settings = settings.replace(`\n${name}: null\n`, `\n${name}: ${value}\n`);
  writeFileSync(file, settings);
}

export const packagedWithOptions = (): Packaged => readPackaged(join(inject('packagedStages'), WITH_OPTIONS));

export const packagedStage = (stage: (typeof STAGES)[number]): Packaged =>
  readPackaged(join(inject('packagedStages'), stage));
