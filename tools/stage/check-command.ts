import { parseArgs } from 'node:util';
import { complain, EXIT, print, UsageError } from 'connect-flow-kit/command-line';
import { loadStage, stageMistakes } from '../../resources/load-stage.ts';
import { stageNameMistake } from '../../resources/stage-name.ts';
import { StageSettingsError } from '../../resources/stage-settings-error.ts';
import { stageSummary, stageWarnings } from '../../resources/stage-summary.ts';
import { SETTINGS, type StageCommand, stageNamed } from './stage-command.ts';

export const check: StageCommand = {
  summary: 'checks every field of settings/<name>.yml at once; without AWS',
  help: `Reads settings/<name>.yml and reports everything that is wrong with it, one
sentence each, or else what the stage is about to do. AWS is not asked, so no
credentials are needed.

  npm run stage -- check <name>

Exit codes: 0 it can be packaged and deployed, 1 it cannot, 2 there is no such
stage.
`,
  async run(args) {
    const { positionals } = parseArgs({ args, options: {}, allowPositionals: true });
    const name = stageNamed(positionals);
    const unknown = stageNameMistake(name, SETTINGS);
    if (unknown) throw new UsageError(unknown);
    const mistakes = name === 'local' ? [] : stageMistakes(name);
    const file = fileOf(name);
    if (file) {
      print(`${stageSummary(name, file).join('\n')}\n`);
      if (name !== 'local') for (const warning of stageWarnings(name, file)) complain(`Warning: ${warning}`);
    }
    for (const mistake of mistakes) complain(mistake);
    if (mistakes.length > 0) {
      complain(
        `\n${mistakes.length} ${mistakes.length === 1 ? 'thing prevents' : 'things prevent'} the stage ${name} from being deployed.`,
      );
      return EXIT.problems;
    }
    return EXIT.fine;
  },
};

/** undefined if the file has mistakes other than example values. */
function fileOf(name: string) {
  try {
    return loadStage(name).file;
  } catch (error) {
    if (error instanceof StageSettingsError) return undefined;
    throw error;
  }
}
