import type { StageFile } from '../domain/stage-file.ts';

/** The function's entry in serverless.yml. */
export type CallerFunction = NonNullable<ReturnType<typeof callerFunction>>;

/** The function that contact flows ask who calls, where the stage recognises callers; caller-recognition.cjs lets them. */
export function callerFunction({ recognizeCaller }: StageFile) {
  if (recognizeCaller === null) return null;
  return {
    handler: 'functions/recognize-caller.handler',
    description: 'Asked by the contact flow - whom did we just ring in vain at the number that calls',
    role: 'RecognizeCallerRole',
  };
}
