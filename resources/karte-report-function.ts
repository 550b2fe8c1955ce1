import type { StageFile } from '../domain/stage-file.ts';

/** The function's entry in serverless.yml. */
export type KarteReportFunction = NonNullable<ReturnType<typeof karteReportFunction>>;

const DEAD_LETTERS = { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] };

/** Written records with a KARTE user; expired ones are deletions. `exists` only works on leaf fields. */
const written = (key: 'user_id' | 'visitor_id') => ({
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { NewImage: { karteKey: { M: { [key]: { S: [{ exists: true }] } } } } },
});

/**
 * The function that reports the results of requests to KARTE, if the stage wants it. It reads the stream of the calls table, so
 * that no function on the path of a call is involved.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export function karteReportFunction({ reportToKarte }: StageFile) {
  if (!reportToKarte) return null;
  return {
    handler: 'functions/report-to-karte.handler',
    description: 'Reports the results of requests and calls to KARTE',
    role: 'ReportToKarteRole',
    memorySize: 512,
    // Leaves 20 s for the last event, and up to 30 s of waiting if KARTE accepts none.
    timeout: 60,
    events: [
      {
        stream: {
          type: 'dynamodb',
          arn: { 'Fn::GetAtt': ['CallsTable', 'StreamArn'] },
          batchSize: 20,
          startingPosition: 'TRIM_HORIZON',
          filterPatterns: [written('user_id'), written('visitor_id')],
          functionResponseType: 'ReportBatchItemFailures',
          // The function itself gives up after two hours, with everything it should have reported. Records that it cannot even
          // read must not be retried for ever; their dead letter only has the position in the stream.
          bisectBatchOnFunctionError: true,
          maximumRecordAgeInSeconds: 6 * 3_600,
          destinations: { onFailure: { type: 'sqs', arn: DEAD_LETTERS } },
        },
      },
    ],
    destinations: { onFailure: { type: 'sqs', arn: DEAD_LETTERS } },
  };
}
