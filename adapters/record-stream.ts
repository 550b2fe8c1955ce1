import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { CallRecord } from '../domain/call-record.ts';
import { storedRecord } from './calls-table.ts';

/** A write of a call record, as the calls table's stream tells it. */
export interface RecordWrite {
  /** Of the write in its shard of the stream: by it Lambda is told what failed. */
  sequenceNumber: string;
  at: Date;
  /** Undefined where the record is new. */
  before: CallRecord | undefined;
  after: CallRecord;
}

/**
 * Undefined where a record was deleted, as DynamoDB does by itself when it expires.
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

/** The types of Lambda's events and of the SDK say the same in two ways. */
const recordIn = (image: NonNullable<DynamoDBRecord['dynamodb']>['NewImage']): CallRecord =>
  storedRecord(unmarshall(image as Record<string, AttributeValue>));
