import type { StageFile } from '../../domain/stage-file.ts';

/** The only number of the simulated instance: the stage's, or an unrelated one while the stage has none. */
export const modelNumber = ({ sourcePhoneNumber }: Pick<StageFile['connect'], 'sourcePhoneNumber'>): string =>
  sourcePhoneNumber ?? '+815000000000';
