import * as z from 'zod';
import { StageFile } from '../domain/stage-file.ts';

/**
 * What a stage file has at a path where it has a group of fields.
 *
 * @returns undefined where it has none, or one whose names are anybody's
 * @example fieldsExpected(['recognizeCaller']) // 'a group of fields (hours), or null'
 */
export function fieldsExpected(path: readonly PropertyKey[]): string | undefined {
  let { schema, isNullable } = unwrapped(StageFile);
  for (const key of path) {
    if (!(schema instanceof z.ZodObject)) return undefined;
    const next: unknown = schema.shape[String(key)];
    if (next === undefined) return undefined;
    ({ schema, isNullable } = unwrapped(next));
  }
  if (!(schema instanceof z.ZodObject) || path.length === 0) return undefined;
  return `a group of fields (${Object.keys(schema.shape).join(', ')})${isNullable ? ', or null' : ''}`;
}

/** A schema without its defaults and checks, and whether null passes it. */
function unwrapped(outer: unknown): { schema: unknown; isNullable: boolean } {
  let schema = outer;
  let isNullable = false;
  for (;;) {
    if (schema instanceof z.ZodPipe) schema = schema.in;
    else if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) schema = schema.unwrap();
    else if (schema instanceof z.ZodNullable) {
      isNullable = true;
      schema = schema.unwrap();
    } else return { schema, isNullable };
  }
}
