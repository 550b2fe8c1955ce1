/**
 * Puts values for `${self:…}` and `${sls:stage}`, wherever they stand; other variables stay as they are, and so do
 * CloudFormation's. A variable alone in its string keeps its type.
 */
export function resolveVariables(value: unknown, variables: unknown, stage: string): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveVariables(item, variables, stage));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, resolveVariables(item, variables, stage)]),
    );
  }
  if (typeof value !== 'string') return value;
  const lookUp = (path: string) => resolveVariables(at(variables, path), variables, stage);
  const alone = /^\$\{self:([\w.]+)(?:, null)?\}$/.exec(value)?.[1];
  if (alone !== undefined) return lookUp(alone);
  return value
    .replaceAll('${sls:stage}', stage)
    .replace(/\$\{self:([\w.]+)\}/g, (_, path: string) => String(lookUp(path)));
}

function at(variables: unknown, path: string): unknown {
  const found = path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      variables,
    );
  if (found === undefined) throw new Error(`serverless.yml: \${self:${path}} leads nowhere`);
  return found;
}
