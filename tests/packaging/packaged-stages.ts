import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { type Packaged, packageInto, readPackaged } from './sls.ts';

const STAGES = ['dev', 'prod'] as const;

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder with a folder of each packaged stage. */
    packagedStages: string;
  }
}

/** Packages each stage once, before the first test file that looks at one. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'packaged-'));
  await Promise.all(
    STAGES.map((stage) => {
      mkdirSync(join(folder, stage));
      return packageInto(join(folder, stage), stage);
    }),
  );
  project.provide('packagedStages', folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

export const packagedStage = (stage: (typeof STAGES)[number]): Packaged =>
  readPackaged(join(inject('packagedStages'), stage));
