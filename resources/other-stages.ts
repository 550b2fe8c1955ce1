import { readdirSync } from 'node:fs';
import type { StageFile } from '../domain/stage-file.ts';
import { checkStage } from './check-stage.ts';
import { readStage } from './read-stage.ts';
import { StageSettingsError } from './stage-settings-error.ts';

/** All other stages of a folder, except the local one and those whose files have mistakes. */
export const otherStages = (stage: string, folder: string): { name: string; file: StageFile }[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => name.slice(0, -'.yml'.length))
    .filter((name) => name !== stage && name !== 'local')
    .flatMap((name) => {
      const file = fileOf(name, folder);
      return file ? [{ name, file }] : [];
    });

/**
 * Conflicts of a stage with others of the same folder, a sentence each. The name of a bus contains account and project, so the same
 * name is the same bus.
 *
 * @param folder of the stage files
 */
export function clashesWithOthers({ karte, create }: StageFile, stage: string, folder: string): string[] {
  return otherStages(stage, folder).flatMap(({ name: other, file: theirs }) => {
    if (theirs.karte.eventBusName !== karte.eventBusName) return [];
    const found = (field: string, value: unknown, expected: string) =>
      `settings/${stage}.yml: ${field}: found ${JSON.stringify(value)}, expected ${expected}.`;
    return [
      ...(theirs.karte.actionName === karte.actionName
        ? [
            found(
              'karte.actionName',
              karte.actionName,
              `a different name from settings/${other}.yml, which has the same bus: both stages would call every visitor. Choose its own name, in KARTE's action, too, or delete that file if the stage is gone`,
            ),
          ]
        : []),
      ...(theirs.create.eventBus && create.eventBus
        ? [found('create.eventBus', true, `false, as settings/${other}.yml creates the bus, and there can only be one`)]
        : []),
    ];
  });
}

/** Undefined if the file has mistakes, which are reported when that stage is deployed. */
function fileOf(stage: string, folder: string): StageFile | undefined {
  try {
    return checkStage(readStage(stage, folder), stage);
  } catch (error) {
    if (error instanceof StageSettingsError) return undefined;
    throw error;
  }
}
