import { UsageError } from 'connect-flow-kit/command-line';
import { CREATE } from '../../domain/created-ids.ts';
import type { ListedEventSource, ListedNumber } from '../../packages/account/listings.ts';
import type { Listed } from './on-account.ts';

/** The flags of `init`; undefined ones are asked for. */
export interface InitFlags {
  region: string;
  instance?: string | undefined;
  'instance-alias'?: string | undefined;
  queue: string[];
  'default-queue'?: string | undefined;
  hours?: string | undefined;
  'routing-profiles'?: string | undefined;
  number?: string | undefined;
  'event-source'?: string | undefined;
  'event-bus'?: string | undefined;
  company?: string | undefined;
}

/** What the account has, as far as it decides which flags of `init` are required. */
interface Found {
  /** Those of the instance; undefined if no instance is given. */
  numbers?: Listed<ListedNumber> | undefined;
  sources: Listed<ListedEventSource>;
}

/** Throws `UsageError` with every missing flag of `init` if there is no terminal. */
export function refuseGaps(flags: InitFlags, { numbers, sources }: Found): void {
  const isMade = flags.instance === CREATE;
  const makesQueues = flags.queue.some((queue) => queue.endsWith(`=${CREATE}`));
  const hasNoNumber = isMade || (numbers?.why === undefined && numbers?.items.length === 0);
  const source = sources.items.find(({ name }) => name === flags['event-source']);
  const needed: [keyof InitFlags, boolean][] = [
    ['instance', true],
    ['instance-alias', isMade],
    ['queue', true],
    ['default-queue', flags.queue.length > 1],
    ['hours', makesQueues],
    ['routing-profiles', makesQueues],
    ['number', !hasNoNumber],
    ['event-source', true],
    ['event-bus', source?.state !== 'ACTIVE'],
    ['company', true],
  ];
  const missing = needed
    .filter(([flag, isNeeded]) => isNeeded && (flags[flag] ?? []).length === 0)
    .map(([flag]) => `--${flag}`);
  if (missing.length === 0) return;
  const are = missing.length === 1 ? 'is' : 'are';
  throw new UsageError(`${missing.join(', ')} ${are} missing, and there is no terminal to ask in`);
}
