import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { longestExecutionSeconds } from '../domain/execution-time.ts';
import type { StageFile } from '../domain/stage-file.ts';

const PATH = join(import.meta.dirname, '../statemachines/call-request.asl.json');

/** The definition of the state machine, with the time limit that the stage's appointments need. */
export const stateMachineOfStage = (file: Pick<StageFile, 'appointments'>): Record<string, unknown> => ({
  ...JSON.parse(readFileSync(PATH, 'utf8')),
  TimeoutSeconds: longestExecutionSeconds(file),
});
