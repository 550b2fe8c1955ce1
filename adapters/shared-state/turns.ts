import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { firstFreeTurn, type Pace } from '../../domain/pacing.ts';
import { type Documents, unlessRefused } from '../dynamodb.ts';

/**
 * The row of turns in which all calls of the stage leave: a generic cell rate algorithm.
 *
 * A call's turn is taken once, together with its agent and line. The call leaves at that millisecond: the state machine wakes it early
 * (`departureAt`), and the function that places the call waits for the rest. Late calls and retries take another turn.
 *
 * Fails closed: in doubt there is no turn.
 */
export interface Turns {
  /** The row's next turn, epoch milliseconds; infinitely long ago if it was never used. */
  next(): Promise<number>;
  /**
   * Takes the next free turn.
   *
   * @param from no turn before this moment
   * @param latest if the next free turn is later than this, nothing is taken and undefined is returned
   * @param seen the row's next turn a moment ago, which only decides which write is tried first
   * @returns epoch milliseconds
   */
  take(
    pace: Pick<Pace, 'interval' | 'burst'>,
    from: number,
    latest: number,
    seen?: number,
  ): Promise<number | undefined>;
}

/** Retries of a lost race. */
const ROUNDS = 6;

/** The row's item in the guards table: the time of the next turn. */
export const TURNS_KEY = { guardId: 'turns#calls' };

/** @param item of the row; a row that was never used has none */
export const nextTurnIn = (item: Readonly<Record<string, unknown>> | undefined): number =>
  Number(item?.nextTurn ?? Number.NEGATIVE_INFINITY);

/** The row as the item `turns#calls` of the guards table. */
export function dynamoTurns(TableName: string, documents: Documents): Turns {
  /** In line: the next turn is in the future, or within the saved burst. */
  async function takeInLine(interval: number, floor: number, latest: number): Promise<number | undefined> {
    let taken: number | undefined;
    await unlessRefused(async function takeNextTurn() {
      const { Attributes } = await documents.send(
        new UpdateCommand({
          TableName,
          Key: TURNS_KEY,
          UpdateExpression: 'ADD nextTurn :interval',
          ConditionExpression: 'nextTurn > :floor AND nextTurn <= :latest',
          ExpressionAttributeValues: { ':interval': interval, ':floor': floor, ':latest': latest },
          ReturnValues: 'UPDATED_OLD',
        }),
      );
      taken = Number(Attributes?.nextTurn);
    });
    return taken;
  }

  /** Idle for so long that the whole burst has been saved. */
  async function takeAfterIdle(interval: number, floor: number, from: number): Promise<number | undefined> {
    const taken = await unlessRefused(() =>
      documents.send(
        new UpdateCommand({
          TableName,
          Key: TURNS_KEY,
          UpdateExpression: 'SET nextTurn = :next',
          ConditionExpression: 'attribute_not_exists(nextTurn) OR nextTurn <= :floor',
          ExpressionAttributeValues: { ':next': floor + interval, ':floor': floor },
        }),
      ),
    );
    return taken ? from : undefined;
  }

  async function next(): Promise<number> {
    const { Item } = await documents.send(new GetCommand({ TableName, Key: TURNS_KEY, ConsistentRead: true }));
    return nextTurnIn(Item);
  }

  return {
    next,

    async take({ interval, burst }, from, latest, seen) {
      const floor = firstFreeTurn({ interval, burst }, from);
      const inLine = () => takeInLine(interval, floor, latest);
      const afterIdle = () => takeAfterIdle(interval, floor, from);
      let known = seen;
      for (let round = 0; round < ROUNDS; round += 1) {
        // The row only ever grows.
        if (from > latest || (known !== undefined && known > latest)) return undefined;
        const isIdle = known !== undefined && known <= floor;
        const taken = isIdle ? ((await afterIdle()) ?? (await inLine())) : ((await inLine()) ?? (await afterIdle()));
        if (taken !== undefined) return Math.max(from, taken);
        known = await next();
      }
      return undefined;
    },
  };
}
