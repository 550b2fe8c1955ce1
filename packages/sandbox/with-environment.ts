/** Loads modules that want their environment while they load; nobody else is to see it. */
export async function withEnvironment<T>(
  environment: Readonly<Record<string, string>>,
  load: () => Promise<T>,
): Promise<T> {
  const before = valuesNow(Object.keys(environment));
  Object.assign(process.env, environment);
  try {
    return await load();
  } finally {
    putBack(before);
  }
}

let lent = 0;
/** What the process had of its own before somebody lent it more. */
const own = new Map<string, string | undefined>();

/**
 * Lends the process an environment, for longer than one load, and gives back a function that takes it away again. Where several
 * were lent, the process has its own back with the last of them: those who still work may need any of it.
 */
export function lendEnvironment(environment: Readonly<Record<string, string>>): () => void {
  for (const [name, value] of valuesNow(Object.keys(environment))) if (!own.has(name)) own.set(name, value);
  Object.assign(process.env, environment);
  lent += 1;
  let isBack = false;
  return () => {
    if (isBack) return;
    isBack = true;
    lent -= 1;
    if (lent > 0) return;
    putBack(own);
    own.clear();
  };
}

const valuesNow = (names: string[]): Map<string, string | undefined> =>
  new Map(names.map((name) => [name, process.env[name]]));

function putBack(values: ReadonlyMap<string, string | undefined>): void {
  for (const [name, value] of values) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}
