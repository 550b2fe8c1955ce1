import { createHash } from 'node:crypto';
import { CREATE } from '../../domain/created-ids.ts';
import type { StageFile } from '../../domain/stage-file.ts';
import type { StageOverrides } from '../../resources/load-stage.ts';

/**
 * Settings overrides that simulate a deployment: an id for everything that the stack creates. The same at every start, and different
 * from those in this project's stage files.
 */
export function inventedIds(
  { connect: { instanceId, queues } }: StageFile,
  written: StageOverrides = {},
): StageOverrides {
  const idOf = (found: string, name: string) => (found === CREATE ? inventedId(name) : found);
  return {
    ...written,
    connect: {
      ...written.connect,
      instanceId: idOf(instanceId, 'the instance'),
      queues: Object.fromEntries(Object.entries(queues).map(([name, id]) => [name, idOf(id, `the queue ${name}`)])),
    },
    create: { ...written.create, instanceAlias: null, hours: null },
  };
}

const inventedId = (name: string): string =>
  `00000000-0000-4000-9000-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
