import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoWaitingRoom, placeOf, type Waiter, type WaitingRoom } from '../../adapters/waiting-room.ts';
import { type RealTables, startTables } from './dynalite-support.ts';

let tables: RealTables;
let room: WaitingRoom;
let count = 0;
const newQueue = () => {
  count += 1;
  return `queue-${count}`;
};
const waiter = (queueId: string, second: number, requestId: string, token = `token of ${requestId}`): Waiter => ({
  ...{ queueId, requestId, token, deadlineAt: '2026-11-22T03:05:00.000Z' },
  place: placeOf({ receivedAt: new Date(Date.UTC(2026, 10, 22, 3, 0, second)).toISOString(), requestId }),
});

beforeAll(async () => {
  tables = await startTables();
  room = dynamoWaitingRoom(tables.waitingRoomTable, tables.documents);
});
afterAll(() => tables.close());

describe('the waiting room', () => {
  it('has one line for each queue, in order of arrival, whichever entered first', async () => {
    const [queue, other] = [newQueue(), newQueue()];
    const line = [waiter(queue, 1, 'b'), waiter(queue, 1, 'c'), waiter(queue, 9, 'a'), waiter(queue, 10, '0')];
    for (const one of line.toReversed()) await room.enter(one);
    await room.enter(waiter(other, 0, 'elsewhere'));
    expect(await room.nextInLine(queue, 10)).toEqual(line);
    expect(await room.nextInLine(queue, 2)).toEqual(line.slice(0, 2));
    expect(await room.nextInLine(queue, 10, line[1]?.place)).toEqual(line.slice(2));
    expect(await room.nextInLine(newQueue(), 10)).toEqual([]);
  });

  it('keeps ids with every character an id may have', async () => {
    const queue = newQueue();
    const line = ['A.b:c_d-e', 'x'.repeat(128), 'z####z'].map((id, second) => waiter(queue, second, id));
    for (const one of line) await room.enter(one);
    expect(await room.nextInLine(queue, 10)).toEqual(line);
  });

  it('is left once or more, by anyone who was in it or not', async () => {
    const queue = newQueue();
    const [one, two] = [waiter(queue, 1, 'one'), waiter(queue, 2, 'two')];
    await room.enter(one);
    await room.enter(two);
    for (let times = 0; times < 2; times += 1) await room.leave(queue, one.place);
    await room.leave(queue, 'no such place');
    expect(await room.nextInLine(queue, 10)).toEqual([two]);
  });

  it('is left with the token one waits on, and with no older one', async () => {
    const queue = newQueue();
    await room.enter(waiter(queue, 1, 'one', 'the old token'));
    await room.enter(waiter(queue, 1, 'one', 'the new token'));
    const { place } = waiter(queue, 1, 'one');
    await room.leave(queue, place, 'the old token');
    expect(await room.nextInLine(queue, 10)).toHaveLength(1);
    await room.leave(queue, place, 'the new token');
    await room.leave(queue, place, 'the new token');
    expect(await room.nextInLine(queue, 10)).toEqual([]);
  });
});
