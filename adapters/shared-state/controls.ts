import { DeleteCommand, GetCommand, PutCommand, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { maskPhone } from '../../domain/masking.ts';
import type { Limits } from '../../domain/stage-settings.ts';
import type { Documents, Item } from '../dynamodb.ts';

/** Who switched something, when (ISO 8601) and why. */
export interface Change {
  by: string;
  at: string;
  why: string;
}

export interface ControlState {
  /** The emergency stop. */
  stopped: boolean;
  /** Limits that replace those of the stage. */
  limits: Partial<Limits>;
  /** The last change of each. */
  changes: { stopped?: Change; limits?: Change };
}

/** The change: `stop`, `resume`, `limits {…}`, `block +81******5678` … Numbers are masked. */
type PastChange = Change & { what: string };

export interface BlockedNumber extends Change {
  /** E.164 */
  phone: string;
  kind: 'blocked' | 'opted_out';
}

/**
 * Switches at run time (`npm run calls`). The path reads them before every call: see `Looks`.
 *
 * Fails closed: while the table does not answer, nobody is called.
 */
export interface Controls {
  read(): Promise<ControlState>;
  /** How the number is blocked, if it is. */
  blocked(phone: string): Promise<BlockedNumber['kind'] | undefined>;
  setStopped(stopped: boolean, change: Change): Promise<void>;
  /** Sets the limits that override the stage's; an empty object restores the stage's own. */
  setLimits(limits: Partial<Limits>, change: Change): Promise<void>;
  block(number: BlockedNumber): Promise<void>;
  unblock(phone: string, change: Change): Promise<void>;
  /** Oldest first. */
  blockList(): Promise<BlockedNumber[]>;
  /** Records an action that is not a switch, such as viewing whole numbers. */
  note(what: string, change: Change): Promise<void>;
  /** Every change, oldest first. */
  history(): Promise<PastChange[]>;
}

export const CONTROLS_KEY = { guardId: 'controls' };
export const blockKey = (phone: string) => ({ guardId: `blocked#${phone}` });

/** @param item under `CONTROLS_KEY`; none if nothing has been switched yet */
export function controlsIn(item: Item = {}): ControlState {
  const {
    stopped = false,
    limits = {},
    stoppedChange,
    limitsChange,
  } = item as {
    stopped?: boolean;
    limits?: Partial<Limits>;
    stoppedChange?: Change;
    limitsChange?: Change;
  };
  return {
    stopped,
    limits,
    changes: { ...(stoppedChange && { stopped: stoppedChange }), ...(limitsChange && { limits: limitsChange }) },
  };
}

/** How a number is blocked. @param item under its `blockKey`; none if it is not blocked */
export const blockIn = (item: Item | undefined): BlockedNumber['kind'] | undefined =>
  (item as BlockedNumber | undefined)?.kind;

/**
 * Switches as the item `controls`, blocked numbers as items `blocked#+81…`, and every change as an item `change#…` of the
 * guards table. A change takes effect before it is recorded: a stop must not wait for its own record.
 */
export function dynamoControls(TableName: string, documents: Documents): Controls {
  const writeDown = ({ by, at, why }: Change, what: string) =>
    documents.send(
      new PutCommand({ TableName, Item: { guardId: `change#${at}#${crypto.randomUUID()}`, by, at, why, what } }),
    );

  async function change(field: 'stopped' | 'limits', value: unknown, what: string, entry: Change): Promise<void> {
    await documents.send(
      new UpdateCommand({
        TableName,
        Key: CONTROLS_KEY,
        UpdateExpression: 'SET #field = :value, #change = :entry',
        ExpressionAttributeNames: { '#field': field, '#change': `${field}Change` },
        ExpressionAttributeValues: { ':value': value, ':entry': entry },
      }),
    );
    await writeDown(entry, what);
  }

  /** Every item with this key prefix. */
  async function scan<T>(beginning: string): Promise<T[]> {
    const items: T[] = [];
    let ExclusiveStartKey: Record<string, unknown> | undefined;
    do {
      const page = await documents.send(
        new ScanCommand({
          TableName,
          FilterExpression: 'begins_with(guardId, :beginning)',
          ExpressionAttributeValues: { ':beginning': beginning },
          ConsistentRead: true,
          ...(ExclusiveStartKey && { ExclusiveStartKey }),
        }),
      );
      items.push(...((page.Items ?? []) as T[]));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return items;
  }

  return {
    async read() {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: CONTROLS_KEY, ConsistentRead: true }));
      return controlsIn(Item);
    },

    async blocked(phone) {
      const { Item } = await documents.send(new GetCommand({ TableName, Key: blockKey(phone), ConsistentRead: true }));
      return blockIn(Item);
    },

    setStopped: (stopped, entry) => change('stopped', stopped, stopped ? 'stop' : 'resume', entry),

    setLimits: (limits, entry) => change('limits', limits, `limits ${JSON.stringify(limits)}`, entry),

    async block({ phone, kind, by, at, why }) {
      await documents.send(new PutCommand({ TableName, Item: { ...blockKey(phone), phone, kind, by, at, why } }));
      await writeDown({ by, at, why }, `block ${maskPhone(phone)}${kind === 'opted_out' ? ' (opt-out)' : ''}`);
    },

    async unblock(phone, entry) {
      await documents.send(new DeleteCommand({ TableName, Key: blockKey(phone) }));
      await writeDown(entry, `unblock ${maskPhone(phone)}`);
    },

    async blockList() {
      const numbers = await scan<BlockedNumber>('blocked#');
      return numbers
        .map(({ phone, kind, by, at, why }) => ({ phone, kind, by, at, why }))
        .sort((a, b) => a.at.localeCompare(b.at));
    },

    async note(what, entry) {
      await writeDown(entry, what);
    },

    async history() {
      const changes = await scan<PastChange>('change#');
      return changes.map(({ by, at, why, what }) => ({ by, at, why, what })).sort((a, b) => a.at.localeCompare(b.at));
    },
  };
}
