import type { StageFile } from '../domain/stage-file.ts';

/**
 * The indexes of the calls table, which adapters/calls-index.ts names too, and the attributes that they and the table have for
 * keys, as CloudFormation takes them.
 */
export type CallsTableIndexes = ReturnType<typeof callsTableIndexes>;

/**
 * Calls are looked for by their number only in a stage that recognises callers, and only that stage pays for the index. So a
 * deployment over a table without any index adds `byDay` first, and `byPhone` when callers are to be recognised: CloudFormation
 * adds or removes one index of a table in one deployment. DynamoDB refuses attributes that are no key.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
 */
export function callsTableIndexes({ recognizeCaller }: StageFile) {
  const byNumber = recognizeCaller !== null;
  return {
    attributes: ['requestId', 'day', 'inquiryAt', ...(byNumber ? ['phone', 'placedAt'] : [])].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    indexes: [index('byDay', 'day', 'inquiryAt'), ...(byNumber ? [index('byPhone', 'phone', 'placedAt')] : [])],
  };
}

const index = (IndexName: string, hash: string, range: string) => ({
  IndexName,
  KeySchema: [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ],
  Projection: { ProjectionType: 'KEYS_ONLY' },
});
