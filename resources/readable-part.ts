import type * as z from 'zod';
import { StageFile } from '../domain/stage-file.ts';
import { valueAt } from './value-at.ts';

/** Fill in for required fields that are broken. Checks that read them are not reported. */
const STAND_INS = {
  region: 'ap-northeast-1',
  karte: { eventBusName: 'aws.partner/karte.io/stand-in' },
  connect: {
    instanceId: '00000000-0000-4000-8000-000000000001',
    sourcePhoneNumber: '+815000000000',
    queues: { 'stand-in': '00000000-0000-4000-8000-000000000001' },
  },
  routing: { default: 'stand-in' },
};

/**
 * The readable part of a stage file with mistakes.
 *
 * @param content is not changed
 * @returns the file with substitutes for what is broken, and their paths; undefined if too little is left
 */
export function readablePart(
  content: unknown,
  issues: readonly z.core.$ZodIssue[],
): { file: StageFile; broken: string[] } | undefined {
  if (!isGroup(content)) return undefined;
  const rest = structuredClone(content);
  const broken = issues.flatMap((issue) => takeAway(rest, issue));
  const groups = [...new Set(broken.map((path) => path.split('.')[0] ?? ''))];
  const withStandIns = fillIn(rest, STAND_INS);
  const result = StageFile.safeParse(withStandIns, { jitless: true });
  if (result.success) return { file: result.data, broken };
  // A group with a broken required part is removed as a whole.
  for (const group of groups) delete rest[group];
  const withoutGroups = StageFile.safeParse(fillIn(rest, STAND_INS), { jitless: true });
  return withoutGroups.success ? { file: withoutGroups.data, broken: groups } : undefined;
}

/** Removes the value of an issue from a file, or the whole list that it is in. */
function takeAway(content: Record<string, unknown>, issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) remove(content, [...issue.path, key]);
    return [];
  }
  const index = issue.path.findIndex((key) => typeof key === 'number');
  const path = index < 0 ? issue.path : issue.path.slice(0, index);
  remove(content, path);
  return [path.join('.')];
}

function remove(content: unknown, path: readonly PropertyKey[]): void {
  const holder = path.slice(0, -1).reduce(valueAt, content);
  if (isGroup(holder)) delete holder[String(path.at(-1))];
}

/** The first, plus whatever only the second has. */
function fillIn(given: Record<string, unknown>, missing: Record<string, unknown>): Record<string, unknown> {
  const filled = Object.entries(missing).map(([key, value]) => {
    const own = given[key];
    return [
      key,
      own === undefined ? value : isGroup(own) && isGroup(value) && key !== 'queues' ? fillIn(own, value) : own,
    ];
  });
  return { ...given, ...Object.fromEntries(filled) };
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
