import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CallRecord } from '../domain/call-record.ts';
import { mayHaveRung, OUTCOMES, type Outcome } from '../domain/outcomes.ts';
import type { OwnRequest } from '../domain/own-request.ts';
import { type IndexKeys, indexKeysOf } from './calls-index.ts';
import { type Documents, unlessRefused } from './dynamodb.ts';

/** What a request's ending adds to its record. */
export type EndedRecord = Partial<CallRecord> &
  Required<Pick<CallRecord, 'requestId' | 'executionId' | 'outcome' | 'class' | 'reason'>>;

/** What is known of a call. */
export type CallNews = Partial<
  Pick<
    CallRecord,
    | 'contactId'
    | 'phone'
    | 'outcome'
    | 'class'
    | 'reason'
    | 'placedAt'
    | 'answeredAt'
    | 'queuedAt'
    | 'agentAt'
    | 'endedAt'
    | 'hungUpBy'
    | 'disconnectReason'
    | 'agentMissed'
    | 'transferredTo'
    | 'flowAttributes'
    | 'callBackOf'
  >
>;

/** The calls table. Each write is one conditional write, safe to repeat. */
export interface CallsTable {
  /** Claims the request for this execution. False if another execution has it, or the request has progressed further already. */
  claim(record: CallRecord): Promise<boolean>;
  /** Notes that the call was promised for its time. False if the record has ended or no longer belongs to this execution. */
  noteBooked(requestId: string, executionId: string, at: string): Promise<boolean>;
  /**
   * Notes that Amazon Connect is about to be asked, and returns the attempts before. Undefined if the record no longer belongs to
   * this execution: then nobody may be called.
   */
  beginAttempt(requestId: string, executionId: string, at: string): Promise<EarlierAttempts | undefined>;
  /**
   * Notes why an attempt failed, and whether any attempt so far got no clear answer. Does nothing if another attempt, unknown to
   * this one, has begun since.
   *
   * @param failure.attempt its number, from 1
   */
  failAttempt(
    requestId: string,
    executionId: string,
    failure: { attempt: number; lastError?: string; unanswered: boolean },
  ): Promise<void>;
  /** Notes that Amazon Connect refused the stage's ring time-out, so the call went out without it. */
  noteRingTimeoutRefused(requestId: string, executionId: string): Promise<void>;
  /** The attempts so far. */
  attempts(requestId: string): Promise<EarlierAttempts>;
  /**
   * Writes the ending, whether or not the request was claimed. False if the record belongs to another execution, or has a different
   * ending already: an aborted execution may be settled while its last function still runs.
   */
  end(record: EndedRecord): Promise<boolean>;
  /**
   * Writes the ending of an execution that can no longer do so itself.
   * @param asRead the record from which the ending was derived
   * @returns false if the record has changed since: the last function of the execution may still run
   */
  settle(record: EndedRecord, asRead: CallRecord | undefined): Promise<boolean>;
  /** Creates the record of a call without a request on the website. False if it exists. */
  open(record: CallRecord): Promise<boolean>;
  /**
   * Notes the result of the call. Does nothing if the record is not of a call, or was written with more knowledge.
   *
   * @param version of the knowledge about the call's contacts
   * @returns the previous outcome, if any; undefined if nothing was written
   */
  noteCall(requestId: string, call: CallNews, version: number): Promise<{ outcome?: Outcome } | undefined>;
  /**
   * Notes on a request's record that the customer called back; only the first time counts. Does nothing if there is no such request.
   *
   * @param call the customer's, and when it came
   */
  noteCalledBack(requestId: string, call: { contactId: string; at: string }): Promise<void>;
  /** Notes a further call in the records of the first request and of the previous call. */
  noteTry(own: Pick<OwnRequest, 'requestId' | 'tryOf' | 'after'>): Promise<void>;
  /** The whole record. */
  read(requestId: string): Promise<CallRecord | undefined>;
  /** Notes that another execution was started for the same request, up to a hundred. */
  addDuplicate(requestId: string, executionId: string): Promise<void>;
}

/** More would be of no use, and a record that grows with each delivery would exceed the 400 KB of an item. */
const MOST_DUPLICATES = 100;

/** The attempts in the record so far. */
interface EarlierAttempts {
  /** True if one of them got no clear answer: a phone may have rung. */
  unanswered: boolean;
  /** How many there were. */
  count: number;
  /** Name of the last one's error, if it was noted. */
  lastError?: string;
}

const earlierAttempts = ({ unanswered, attempts, lastError }: Partial<CallRecord> = {}): EarlierAttempts => ({
  unanswered: unanswered === true,
  count: attempts ?? 0,
  ...(lastError !== undefined && { lastError }),
});

/** A record from its item: without the keys of the index, and with lists instead of DynamoDB's sets, for JSON. */
export const storedRecord = ({
  duplicates,
  tries,
  day: _,
  inquiryAt: __,
  seen: ___,
  ...item
}: Record<string, unknown> & Partial<IndexKeys>): CallRecord =>
  ({
    ...item,
    ...(duplicates instanceof Set && { duplicates: [...duplicates].toSorted() }),
    ...(tries instanceof Set && { tries: [...tries].toSorted() }),
  }) as unknown as CallRecord;

const OWNED = 'executionId = :executionId';

/** Outcomes of requests whose phone may have rung. */
const OF_CALLS = (Object.keys(OUTCOMES) as Outcome[]).filter(mayHaveRung);

const NO_RECORD = { condition: 'attribute_not_exists(requestId)' };

/** The condition that an open record of this execution has had no attempt, and no answer to one, since it was read. */
function unchanged({ status, attempts, unanswered }: CallRecord) {
  const answer = unanswered === undefined ? 'attribute_not_exists(unanswered)' : 'unanswered = :readUnanswered';
  return {
    condition: `${OWNED} AND #status = :readStatus AND attempts = :readAttempts AND ${answer}`,
    values: {
      ':readStatus': status,
      ':readAttempts': attempts,
      ...(unanswered !== undefined && { ':readUnanswered': unanswered }),
    },
  };
}

/** The calls table in DynamoDB. */
export function dynamoCallsTable(tableName: string, documents: Documents): CallsTable {
  async function read(requestId: string): Promise<CallRecord | undefined> {
    const { Item } = await documents.send(
      new GetCommand({ TableName: tableName, Key: { requestId }, ConsistentRead: true }),
    );
    return Item && storedRecord(Item);
  }

  function writeEnding(
    { requestId, executionId, ...ended }: EndedRecord,
    { condition, values = {} }: { condition: string; values?: Record<string, unknown> },
  ): Promise<boolean> {
    const fields = Object.entries({ ...ended, status: 'ended' }).filter(([, value]) => value !== undefined);
    const { receivedAt, trackId } = ended;
    const keys = Object.entries(
      receivedAt === undefined ? {} : indexKeysOf({ receivedAt, ...(trackId !== undefined && { trackId }) }),
    );
    const updates = [
      'executionId = :executionId',
      'attempts = if_not_exists(attempts, :zero)',
      ...fields.map(([name]) => `#${name} = ${name === 'placedAt' ? `if_not_exists(#${name}, :${name})` : `:${name}`}`),
      // Only a write that changes a key of the index costs extra.
      ...keys.map(([name]) => `#${name} = if_not_exists(#${name}, :${name})`),
    ];
    const written = [...fields, ...keys];
    return unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { requestId },
          UpdateExpression: `SET ${updates.join(', ')}`,
          ConditionExpression: condition,
          ExpressionAttributeNames: Object.fromEntries(written.map(([name]) => [`#${name}`, name])),
          ExpressionAttributeValues: {
            ':executionId': executionId,
            ':zero': 0,
            ...values,
            ...Object.fromEntries(written.map(([name, value]) => [`:${name}`, value])),
          },
        }),
      ),
    );
  }

  return {
    claim: (record) =>
      unlessRefused(() =>
        documents.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...record, ...indexKeysOf(record) },
            // A function that outlived its execution must not undo what was recorded since.
            ConditionExpression: `attribute_not_exists(requestId) OR (${OWNED} AND #status = :claimed)`,
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':executionId': record.executionId, ':claimed': 'claimed' },
          }),
        ),
      ),

    noteBooked: (requestId, executionId, at) =>
      unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: 'SET bookedAt = :at',
            ConditionExpression: `${OWNED} AND #status = :claimed`,
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: { ':executionId': executionId, ':claimed': 'claimed', ':at': at },
          }),
        ),
      ),

    async beginAttempt(requestId, executionId, at) {
      let before: EarlierAttempts | undefined;
      await unlessRefused(async function noteAttempt() {
        const { Attributes } = await documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: 'SET #status = :calling, lastAttemptAt = :at, unanswered = :true ADD attempts :one',
            ConditionExpression: `${OWNED} AND #status <> :ended`,
            ExpressionAttributeNames: { '#status': 'status' },
            ExpressionAttributeValues: {
              ':executionId': executionId,
              ':calling': 'calling',
              ':ended': 'ended',
              ':at': at,
              ':one': 1,
              ':true': true,
            },
            ReturnValues: 'ALL_OLD',
          }),
        );
        before = earlierAttempts(Attributes);
      });
      return before;
    },

    async failAttempt(requestId, executionId, { attempt, lastError, unanswered }) {
      await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: `SET unanswered = :unanswered${lastError === undefined ? '' : ', lastError = :error'}`,
            ConditionExpression: `${OWNED} AND attempts = :attempt`,
            ExpressionAttributeValues: {
              ':executionId': executionId,
              ':attempt': attempt,
              ':unanswered': unanswered,
              ...(lastError !== undefined && { ':error': lastError }),
            },
          }),
        ),
      );
    },

    async noteRingTimeoutRefused(requestId, executionId) {
      await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: 'SET ringTimeoutRefused = :true',
            ConditionExpression: OWNED,
            ExpressionAttributeValues: { ':executionId': executionId, ':true': true },
          }),
        ),
      );
    },

    attempts: async (requestId) => earlierAttempts(await read(requestId)),

    end(record) {
      // An attempt that the state machine gave up may still place the call after the next attempt has decided that there is none.
      const open = mayHaveRung(record.outcome)
        ? { condition: '#status <> :status' }
        : {
            condition: '(#status <> :status AND (attribute_not_exists(unanswered) OR unanswered <> :true))',
            values: { ':true': true },
          };
      return writeEnding(record, {
        ...open,
        condition: `attribute_not_exists(requestId) OR (${OWNED} AND (${open.condition} OR #outcome = :outcome))`,
      });
    },

    settle: (record, asRead) => writeEnding(record, asRead ? unchanged(asRead) : NO_RECORD),

    open: (record) =>
      unlessRefused(() =>
        documents.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...record, ...indexKeysOf(record) },
            ConditionExpression: 'attribute_not_exists(requestId)',
          }),
        ),
      ),

    async noteCall(requestId, call, version) {
      const fields = Object.entries({
        ...call,
        ...(call.outcome !== undefined && { status: 'ended', unanswered: false }),
      }).filter(([, value]) => value !== undefined);
      const sets = [...fields.map(([name]) => `#${name} = :${name}`), 'seen = :version'];
      let before: { outcome?: Outcome } | undefined;
      await unlessRefused(async function noteCall() {
        const { Attributes } = await documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: `SET ${sets.join(', ')}`,
            ConditionExpression: `attribute_exists(requestId) AND (attribute_not_exists(seen) OR seen <= :version) AND (attribute_not_exists(#outcome) OR #outcome IN (${OF_CALLS.map((_, index) => `:call${index}`).join(', ')}))`,
            ExpressionAttributeNames: {
              ...Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
              '#outcome': 'outcome',
            },
            ExpressionAttributeValues: {
              ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
              ...Object.fromEntries(OF_CALLS.map((outcome, index) => [`:call${index}`, outcome])),
              ':version': version,
            },
            ReturnValues: 'ALL_OLD',
          }),
        );
        const outcome = Attributes?.outcome as Outcome | undefined;
        before = outcome === undefined ? {} : { outcome };
      });
      return before;
    },

    async noteCalledBack(requestId, { contactId, at }) {
      await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: 'SET calledBackAt = :at, calledBackBy = :contact',
            ConditionExpression:
              'attribute_exists(requestId) AND attribute_not_exists(#kind) AND attribute_not_exists(calledBackAt)',
            ExpressionAttributeNames: { '#kind': 'kind' },
            ExpressionAttributeValues: { ':at': at, ':contact': contactId },
          }),
        ),
      );
    },

    async noteTry({ requestId, tryOf, after }) {
      const note = (of: string, UpdateExpression: string, value: unknown) =>
        unlessRefused(() =>
          documents.send(
            new UpdateCommand({
              TableName: tableName,
              Key: { requestId: of },
              UpdateExpression,
              // A record that expired meanwhile must not come back as a stub.
              ConditionExpression: 'attribute_exists(requestId)',
              ExpressionAttributeValues: { ':try': value },
            }),
          ),
        );
      await note(tryOf, 'ADD tries :try', new Set([requestId]));
      // Last, as it marks everything as done.
      await note(after, 'SET triedAgainAs = :try', requestId);
    },

    read,

    async addDuplicate(requestId, executionId) {
      // Without the condition, a record that expired meanwhile would come back as a stub.
      await unlessRefused(() =>
        documents.send(
          new UpdateCommand({
            TableName: tableName,
            Key: { requestId },
            UpdateExpression: 'ADD duplicates :execution',
            ConditionExpression:
              'attribute_exists(requestId) AND executionId <> :own AND (attribute_not_exists(duplicates) OR size(duplicates) < :most)',
            ExpressionAttributeValues: {
              ':execution': new Set([executionId]),
              ':own': executionId,
              ':most': MOST_DUPLICATES,
            },
          }),
        ),
      );
    },
  };
}
