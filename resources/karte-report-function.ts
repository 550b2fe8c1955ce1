import type { StageFile } from '../domain/stage-file.ts';

/** The function's entry in serverless.yml. */
export type KarteReportFunction = NonNullable<ReturnType<typeof karteReportFunction>>;

const DEAD_LETTERS = { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] };

/** What has a user of KARTE's and was written; what expires is deleted. `exists` looks at leaves alone. */
const written = (key: 'user_id' | 'visitor_id') => ({
  eventName: ['INSERT', 'MODIFY'],
  dynamodb: { NewImage: { karteKey: { M: { [key]: { S: [{ exists: true }] } } } } },
});

/**
 * The function that tells KARTE what became of requests, where the stage wants it. It reads the stream of the calls table: no
 * function on the road to a call does anything for it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export function karteReportFunction({ reportToKarte }: StageFile) {
  if (!reportToKarte) return null;
  return {
    handler: 'functions/report-to-karte.handler',
    description: 'Tells KARTE what became of requests and calls',
    role: 'ReportToKarteRole',
    memorySize: 512,
    // 20 s are left for the last event, and up to 30 s are waited where KARTE takes none.
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
          // The function gives up by itself, after two hours and with all that was to be told. What it cannot even read, it
          // must not read for ever; of such writes a dead letter holds the place in the stream only.
          bisectBatchOnFunctionError: true,
          maximumRecordAgeInSeconds: 6 * 3_600,
          destinations: { onFailure: { type: 'sqs', arn: DEAD_LETTERS } },
        },
      },
    ],
    destinations: { onFailure: { type: 'sqs', arn: DEAD_LETTERS } },
  };
}
