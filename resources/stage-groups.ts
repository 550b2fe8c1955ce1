import * as z from 'zod';
import { StageFile } from '../domain/stage-file.ts';

/**
 * The fields expected at a path of a stage file that has a group.
 *
 * @returns undefined if there is no group, or one with arbitrary names
 * @example fieldsExpected(['recognizeCaller']) // 'a group of fields (hours), or null'
 */
export function fieldsExpected(path: readonly PropertyKey[]): string | undefined {
  const group = groupAt(path);
  if (!group || path.length === 0) return undefined;
  return `a group of fields (${group.fields.join(', ')})${group.isNullable ? ', or null' : ''}`;
}

/** Names of the fields that the group at a path may have; none if there is no group, or one with arbitrary names. */
export const fieldsAt = (path: readonly PropertyKey[]): string[] => groupAt(path)?.fields ?? [];

/** Paths of fields with this name in a stage file: `hours` → create.hours, recognizeCaller.hours. */
export const placesOf = (name: string): string[] =>
  pathsUnder([]).filter((path) => path === name || path.endsWith(`.${name}`));

const pathsUnder = (path: readonly string[]): string[] =>
  fieldsAt(path).flatMap((field) => [[...path, field].join('.'), ...pathsUnder([...path, field])]);

function groupAt(path: readonly PropertyKey[]): { fields: string[]; isNullable: boolean } | undefined {
  let { schema, isNullable } = unwrapped(StageFile);
  for (const key of path) {
    let next: unknown;
    if (schema instanceof z.ZodObject) next = schema.shape[String(key)];
    else if (schema instanceof z.ZodArray) next = schema.element;
    if (next === undefined) return undefined;
    ({ schema, isNullable } = unwrapped(next));
  }
  return schema instanceof z.ZodObject ? { fields: Object.keys(schema.shape), isNullable } : undefined;
}

/** A schema without its defaults and checks, and whether it allows null. Of a union with a group, the group. */
function unwrapped(outer: unknown): { schema: unknown; isNullable: boolean } {
  let schema = outer;
  let isNullable = false;
  for (;;) {
    if (schema instanceof z.ZodPipe) schema = schema.in;
    else if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) schema = schema.unwrap();
    else if (schema instanceof z.ZodUnion) schema = schema.options.find((option) => option instanceof z.ZodObject);
    else if (schema instanceof z.ZodNullable) {
      isNullable = true;
      schema = schema.unwrap();
    } else return { schema, isNullable };
  }
}
