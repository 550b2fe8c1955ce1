/** What a group or a list has under a key; undefined where there is neither. Folds over a path. */
export const valueAt = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
