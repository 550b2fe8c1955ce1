import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { firstFreeTurn, type Pace } from '../../domain/pacing.ts';
import { type Documents, unlessRefused } from '../dynamodb.ts';

/**
 * Two rows of turns in which all calls of the stage leave: `calls` is the plan the state machine waits by, to the second and
 * with whatever its steps add; `requests` is kept right before Amazon Connect is asked, to the millisecond.
 */
type Row = 'calls' | 'requests';

/**
 * The rows of turns, each a generic cell rate algorithm.
 *
 * Fails closed: in doubt there is no turn.
 */
export interface Turns {
  /**
   * Reserves the next free turn.
   *
   * @param from no turn before this moment
   * @param latest undefined is returned, and nothing reserved, where the next free turn lies after this moment
   * @returns epoch milliseconds
   */
  reserve(row: Row, pace: Pace, from: number, latest: number): Promise<number | undefined>;
}

/** Races with others are tried again so often. */
const ROUNDS = 6;

/** Rows as the items `turns#…` of the guards table: the time of the next turn. */
export function dynamoTurns(TableName: string, documents: Documents): Turns {
  return {
    async reserve(row, { interval, burst }, from, latest) {
      const Key = { guardId: `turns#${row}` };
      if (from > latest) return undefined;
      for (let round = 0; round < ROUNDS; round += 1) {
        // In line: the next turn lies ahead, or within the burst that was saved up.
        const floor = firstFreeTurn({ interval, burst }, from);
        let reserved: number | undefined;
        const inLine = await unlessRefused(async function takeNextTurn() {
          const { Attributes } = await documents.send(
            new UpdateCommand({
              TableName,
              Key,
              UpdateExpression: 'ADD nextTurn :interval',
              ConditionExpression: 'nextTurn > :floor AND nextTurn <= :latest',
              ExpressionAttributeValues: { ':interval': interval, ':floor': floor, ':latest': latest },
              ReturnValues: 'UPDATED_OLD',
            }),
          );
          reserved = Number(Attributes?.nextTurn);
        });
        if (inLine && reserved !== undefined) return Math.max(from, reserved);
        // Idle for so long that the whole burst is saved up.
        const afterIdle = await unlessRefused(() =>
          documents.send(
            new UpdateCommand({
              TableName,
              Key,
              UpdateExpression: 'SET nextTurn = :next',
              ConditionExpression: 'attribute_not_exists(nextTurn) OR nextTurn <= :floor',
              ExpressionAttributeValues: { ':next': floor + interval, ':floor': floor },
            }),
          ),
        );
        if (afterIdle) return from;
        const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
        if (Number(Item?.nextTurn) > latest) return undefined;
      }
      return undefined;
    },
  };
}
