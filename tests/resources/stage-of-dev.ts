import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** settings/dev.yml as it stands. */
export const dev = parse(readFileSync(join(import.meta.dirname, '../../settings/dev.yml'), 'utf8'));

/** The stage dev with a second queue, and something more. */
export const twoQueues = (change: object) => ({
  ...dev,
  connect: {
    ...dev.connect,
    queues: { support: dev.connect.queues.support, sales: '00000000-0000-4000-8000-00000000a002' },
  },
  ...change,
});
