import type { CheckedStage } from '../../check.ts';

export const deployAgain = ({ name }: CheckedStage): string =>
  `Deploy the stage again: npx sls deploy --stage ${name}.`;

/** A command on the calls of a stage; of the local stack it takes the way that is there for it. */
export const callsCommand = ({ name }: CheckedStage, command: string): string =>
  `npm run calls -- ${command} ${name === 'local' ? '--local' : `--stage ${name}`}`;
