import type { CheckedStage } from '../../check.ts';

export const deployAgain = ({ name }: CheckedStage): string =>
  `Deploy the stage again: npx sls deploy --stage ${name}.`;

/** For differences from the settings: CloudFormation compares templates, not what is in the account. */
export const deployOrUndo = ({ name }: CheckedStage): string =>
  `Not deployed yet? npx sls deploy --stage ${name}. Changed by hand? A deployment does not undo that: revert it in the console.`;

/** An `npm run calls` command for a stage, or for the local stack. */
export const callsCommand = ({ name }: CheckedStage, command: string): string =>
  `npm run calls -- ${command} ${name === 'local' ? '--local' : `--stage ${name}`}`;

/** Agents, queues and hours of the local stack are switched on its board; of any other stage, what the next step says. */
export const onBoardOr = ({ name }: CheckedStage, nextStep: string): string =>
  name === 'local' ? 'Change it on the board, under "Agents and queues".' : nextStep;
