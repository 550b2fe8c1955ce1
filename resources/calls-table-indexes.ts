import type { StageFile } from '../domain/stage-file.ts';

/**
 * The indexes of the calls table, also named in adapters/calls-index.ts, and the key attributes of indexes and table, in
 * CloudFormation's form.
 */
export type CallsTableIndexes = ReturnType<typeof callsTableIndexes>;

/**
 * Only a stage that recognises callers looks calls up by number, and only that stage pays for the index. A deployment to a table
 * without any index must add `byDay` first and `byPhone` later: CloudFormation adds or removes one index of a table per
 * deployment. DynamoDB refuses attribute definitions that no key uses.
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
