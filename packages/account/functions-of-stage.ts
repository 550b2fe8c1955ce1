import type { StageFile } from '../../domain/stage-file.ts';

/** Names of the functions that a stage has, as serverless.yml has them. */
export const functionsOfStage = ({
  recognizeCaller,
  availability,
  reportToKarte,
}: Pick<StageFile, 'recognizeCaller' | 'availability' | 'reportToKarte'>): string[] => [
  'admit',
  'road',
  'enterWaitingRoom',
  'releaseWaiting',
  'settleExecution',
  'trackContact',
  'sweepCalls',
  'acceptSnsNotification',
  ...(recognizeCaller ? ['recognizeCaller'] : []),
  ...(availability ? ['tellAvailability'] : []),
  ...(reportToKarte ? ['reportToKarte'] : []),
];
