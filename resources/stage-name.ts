import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { didYouMean } from './near-names.ts';

/** AWS resource names begin with it and may have 64 characters. */
const MAX_LENGTH = 20;

/** Why a name is not a valid stage name, in one sentence; undefined if it is. */
export function unusableName(stage: string): string | undefined {
  if (stage.length > MAX_LENGTH) {
    return `the stage name "${stage}" has ${stage.length} characters, expected at most ${MAX_LENGTH}: names of AWS resources contain it.`;
  }
  if (!/^[a-z][a-z0-9-]*$/.test(stage)) {
    return `the stage name "${stage}" cannot be used, expected a lower-case letter followed by lower-case letters, digits and hyphens, such as dev.`;
  }
  return undefined;
}

/**
 * What is wrong with the name of a stage, in one sentence.
 *
 * @param folder of the stage files
 * @returns undefined if it has a file there
 */
export function stageNameMistake(stage: string, folder: string): string | undefined {
  const unusable = unusableName(stage);
  if (unusable) return unusable;
  if (existsSync(join(folder, `${stage}.yml`))) return undefined;
  if (existsSync(join(folder, `${stage}.yaml`)))
    return `settings/${stage}.yaml is not read: rename it to ${stage}.yml.`;
  const known = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => name.slice(0, -'.yml'.length));
  const another = `or a new one from npm run stage -- init ${stage}`;
  return `there is no stage "${stage}": expected one of ${known.join(', ')}, ${another}${didYouMean(stage, known)}`;
}
