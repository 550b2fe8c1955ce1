import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { CallRecord } from '../domain/call-record.ts';
import { storedRecord } from './calls-table.ts';

/** A write of a call record, from the stream of the calls table. */
export interface RecordWrite {
  /** Position of the write in its shard of the stream, by which failures are reported to Lambda. */
  sequenceNumber: string;
  at: Date;
  /** Undefined if the record is new. */
  before: CallRecord | undefined;
  after: CallRecord;
}

/**
 * Undefined if a record was deleted, as DynamoDB does when it expires.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_StreamRecord.html
 */
export function recordWrite({ eventName, dynamodb: told }: DynamoDBRecord): RecordWrite | undefined {
  const { SequenceNumber: sequenceNumber, ApproximateCreationDateTime: at, OldImage, NewImage } = told ?? {};
  if (eventName === 'REMOVE' || sequenceNumber === undefined || at === undefined || !NewImage) return undefined;
  return {
    sequenceNumber,
    at: new Date(at * 1000),
    before: OldImage && recordIn(OldImage),
    after: recordIn(NewImage),
  };
}

/** The types of Lambda's events and of the SDK are equivalent but incompatible. */
const recordIn = (image: NonNullable<DynamoDBRecord['dynamodb']>['NewImage']): CallRecord =>
  storedRecord(unmarshall(image as Record<string, AttributeValue>));
