/** The value of a key in a group or list; undefined if it is neither. For reducing a path. */
export const valueAt = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
