import type { CheckedStage } from '../../check.ts';

export const deployAgain = ({ name }: CheckedStage): string =>
  `Deploy the stage again: npx sls deploy --stage ${name}.`;

/** Of what is otherwise than the settings make it: CloudFormation compares templates, and not what is in the account. */
export const deployOrUndo = ({ name }: CheckedStage): string =>
  `Not deployed yet? npx sls deploy --stage ${name}. Changed by hand? A deployment does not undo that: take it back in the console.`;

/** A command on the calls of a stage; of the local stack it takes the way that is there for it. */
export const callsCommand = ({ name }: CheckedStage, command: string): string =>
  `npm run calls -- ${command} ${name === 'local' ? '--local' : `--stage ${name}`}`;

/** Agents, queues and hours of the local stack are switched on its board; of any other stage, what the next step says. */
export const onBoardOr = ({ name }: CheckedStage, nextStep: string): string =>
  name === 'local' ? 'Change it on the board, under "Agents and queues".' : nextStep;
