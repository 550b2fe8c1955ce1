import type { StageFile } from '../domain/stage-file.ts';

/** The function's entry in serverless.yml. */
export type CallerFunction = NonNullable<ReturnType<typeof callerFunction>>;

/** The function that contact flows ask who is calling, if the stage recognises callers; caller-recognition.cjs permits it. */
export function callerFunction({ recognizeCaller }: StageFile) {
  if (recognizeCaller === null) return null;
  return {
    handler: 'functions/recognize-caller.handler',
    description: 'Asked by the contact flow - which missed call of ours is this caller returning',
    role: 'RecognizeCallerRole',
  };
}
