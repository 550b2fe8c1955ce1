import type { StageFile } from '../../domain/stage-file.ts';

/** Names of the functions of a stage, as in serverless.yml. */
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
