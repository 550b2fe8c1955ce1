/** Loads modules that want their environment while they load; nobody else is to see it. */
export async function withEnvironment<T>(
  environment: Readonly<Record<string, string>>,
  load: () => Promise<T>,
): Promise<T> {
  const before = new Map(Object.keys(environment).map((name) => [name, process.env[name]]));
  Object.assign(process.env, environment);
  try {
    return await load();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
}
