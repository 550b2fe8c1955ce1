import type { StageFile } from '../../domain/stage-file.ts';

/** The one number of the modelled instance: the stage's, or while that has none one that it does not know. */
export const modelNumber = ({ sourcePhoneNumber }: Pick<StageFile['connect'], 'sourcePhoneNumber'>): string =>
  sourcePhoneNumber ?? '+815000000000';
