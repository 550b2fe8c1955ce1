import { readdirSync } from 'node:fs';
import type { StageFile } from '../domain/stage-file.ts';
import { checkStage } from './check-stage.ts';
import { readStage } from './read-stage.ts';
import { StageSettingsError } from './stage-settings-error.ts';

/** The stages of a folder besides one and that of this machine; those whose files have mistakes are left out. */
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
 * What a stage must not share with another of the same folder, a sentence each. The name of a bus holds account and project,
 * so that the same name is the same bus.
 *
 * @param folder where the stage files lie
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
              `another name than in settings/${other}.yml, whose bus is the same: both stages would call anyone who asks. Take a name of its own, in KARTE's action, too, or take that file away if the stage is gone`,
            ),
          ]
        : []),
      ...(theirs.create.eventBus && create.eventBus
        ? [found('create.eventBus', true, `false, as settings/${other}.yml makes the bus, and there can be one`)]
        : []),
    ];
  });
}

/** Undefined where the file has mistakes, which are told to those who deploy that stage. */
function fileOf(stage: string, folder: string): StageFile | undefined {
  try {
    return checkStage(readStage(stage, folder), stage);
  } catch (error) {
    if (error instanceof StageSettingsError) return undefined;
    throw error;
  }
}
