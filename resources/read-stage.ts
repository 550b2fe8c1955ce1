import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { stageNameMistake } from './stage-name.ts';
import { StageSettingsError } from './stage-settings-error.ts';

/**
 * The unchecked content of a stage file. Throws `StageSettingsError` if there is no such file, and for every line that is not
 * YAML.
 *
 * @param folder of the stage files
 */
export function readStage(stage: string, folder: string): unknown {
  const mistake = stageNameMistake(stage, folder);
  if (mistake) throw new StageSettingsError([mistake]);
  const path = `settings/${stage}.yml`;
  const bytes = readFileSync(join(folder, `${stage}.yml`));
  // Editors on Windows may save other encodings.
  if (!isUtf8(bytes)) throw new StageSettingsError([`${path} is not UTF-8: save it in that encoding.`]);
  const document = parseDocument(bytes.toString());
  const mistakes = document.errors.map(({ code, message, linePos }) => ({
    // The library's message is for programmers.
    message: code === 'MULTIPLE_DOCS' ? 'A second document begins: remove ---' : message,
    line: linePos?.[0].line,
  }));
  const sentences = mistakes
    // One mistake often causes others on the same line.
    .filter(({ line }, index) => mistakes.findIndex((other) => other.line === line) === index)
    .map(({ message, line }) => `${path} is not YAML: line ${line}: ${message.split(' at line ')[0]}.`);
  if (sentences.length > 0) throw new StageSettingsError(sentences);
  if (document.contents === null) {
    throw new StageSettingsError([`${path} is empty: delete it, and npm run stage -- init ${stage} writes one.`]);
  }
  try {
    return document.toJS();
  } catch (error) {
    // An alias without an anchor.
    if (!(error instanceof ReferenceError)) throw error;
    throw new StageSettingsError([`${path} is not YAML: ${error.message}.`]);
  }
}
