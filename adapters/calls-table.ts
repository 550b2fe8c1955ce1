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
  /** Takes the request for this execution. False when another execution has it, or the request got further already. */
  claim(record: CallRecord): Promise<boolean>;
  /** Notes that the call was promised for its time. False where the record has ended, or is not this execution's any more. */
  noteBooked(requestId: string, executionId: string, at: string): Promise<boolean>;
  /**
   * Notes that Connect is about to be asked, and returns what was known before. Undefined when the record is not this
   * execution's any more: then nobody may be called.
   */
  beginAttempt(requestId: string, executionId: string, at: string): Promise<EarlierAttempts | undefined>;
  /**
   * Notes why an attempt failed, and whether one up to now got no clear answer. Nothing where another one has begun since, of
   * which this one knows nothing.
   *
   * @param failure.attempt its number, from 1
   */
  failAttempt(
    requestId: string,
    executionId: string,
    failure: { attempt: number; lastError?: string; unanswered: boolean },
  ): Promise<void>;
  /** Notes that Amazon Connect refused the stage's ring time-out, so that the call went out without it. */
  noteRingTimeoutRefused(requestId: string, executionId: string): Promise<void>;
  /** What is known of the attempts so far. */
  attempts(requestId: string): Promise<EarlierAttempts>;
  /**
   * Writes the ending, with or without a claim before it. False when the record belongs to another execution, or has
   * another ending already: an execution that was aborted may be settled while its last function still runs.
   */
  end(record: EndedRecord): Promise<boolean>;
  /**
   * Writes the ending of an execution that can write none any more.
   * @param asRead the record from which the ending follows
   * @returns false where it is not like that any more: the last function of the execution may still run
   */
  settle(record: EndedRecord, asRead: CallRecord | undefined): Promise<boolean>;
  /** Opens the record of a call that nobody asked for on the web site. False where there is one. */
  open(record: CallRecord): Promise<boolean>;
  /**
   * Notes what became of the call. Nothing where the record is of no call, or more is known of it.
   *
   * @param version of what is known of the call's contacts
   * @returns the outcome that stood there before, if any; undefined where nothing was written
   */
  noteCall(requestId: string, call: CallNews, version: number): Promise<{ outcome?: Outcome } | undefined>;
  /**
   * Notes on a request's record that the customer called back; the first time stays. Nothing where there is no such request.
   *
   * @param call the customer's, and when it came
   */
  noteCalledBack(requestId: string, call: { contactId: string; at: string }): Promise<void>;
  /** Notes in the records that we call once more, with which request: in the first request's, and in that of the call before. */
  noteTry(own: Pick<OwnRequest, 'requestId' | 'tryOf' | 'after'>): Promise<void>;
  /** The whole record. */
  read(requestId: string): Promise<CallRecord | undefined>;
  /** Notes that another execution was started for the same request; the first hundred of them. */
  addDuplicate(requestId: string, executionId: string): Promise<void>;
}

/** More tell nobody anything, and a record that grows with each delivery would outgrow the 400 KB of an item. */
const MOST_DUPLICATES = 100;

/** What the record says of the attempts before now. */
interface EarlierAttempts {
  /** True where one of them got no clear answer: a phone may have rung. */
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

/** A record from its item: without the keys of the index; DynamoDB's sets become lists, which JSON can hold. */
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
      // A write that changes a key of the index costs one more, and one that does not costs nothing there.
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
            // A function that outlived its execution must not take back what was recorded since.
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
      // An attempt that the state machine gave up may ask for the call after the next one has decided that there is none.
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
      // Last: it says that all of it is done.
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
