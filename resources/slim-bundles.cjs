const { readFile } = require('node:fs/promises');

/**
 * esbuild plugins for serverless.yml that keep unused parts of libraries, and unused texts of this project, out of the bundles.
 * They check that the AWS SDK's files still look as they expect and fail the build otherwise, so that an update of the SDK does
 * not silently make the bundles larger.
 */
module.exports = [leaveOutOnDemand(), shortenLibraries(), leaveOutSentences()];

const CREDENTIALS =
  'a function takes its credentials from the environment, where AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set and AWS_PROFILE must not';

/** Modules that the SDK imports on demand, but never in Lambda, and the error for anyone who gets there. */
const NEVER_NEEDED = {
  '@aws-sdk/credential-provider-sso': CREDENTIALS,
  '@aws-sdk/credential-provider-ini': CREDENTIALS,
  '@aws-sdk/credential-provider-process': CREDENTIALS,
  '@aws-sdk/credential-provider-web-identity': CREDENTIALS,
  '@aws-sdk/credential-provider-http': CREDENTIALS,
  '@smithy/credential-provider-imds': CREDENTIALS,
  '@smithy/core/event-streams': 'no operation of this project streams events',
};

/**
 * esbuild bundles a module that is imported on demand with everything that it imports. It is replaced by one that says why it is
 * missing.
 */
function leaveOutOnDemand() {
  return {
    name: 'leave-out-on-demand',
    setup(build) {
      const met = new Set();
      let hasSdk = false;
      build.onResolve({ filter: /^@(?:aws-sdk|smithy)\// }, ({ path, kind }) => {
        hasSdk ||= path.startsWith('@aws-sdk/client-');
        if (kind !== 'dynamic-import') return undefined;
        met.add(path);
        if (Object.hasOwn(NEVER_NEEDED, path)) return { path, namespace: 'left-out' };
        return failure(`the AWS SDK imports ${path} on demand: does it ever need it in Lambda?`);
      });
      build.onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) => ({
        contents: `throw new Error(${JSON.stringify(`${path} is not in this bundle: ${NEVER_NEEDED[path]}.`)});`,
      }));
      build.onEnd(() => {
        const gone = Object.keys(NEVER_NEEDED).find((path) => !met.has(path));
        if (!hasSdk || gone === undefined) return undefined;
        return failure(`the AWS SDK no longer imports ${gone} on demand: is it still left out?`);
      });
    },
  };
}

/** A file of an SDK client with the schemas of all its operations. */
const SCHEMAS = /[\\/]@aws-sdk[\\/]client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/;

/** File → its minified text; the functions are bundled one by one, from mostly the same files. */
const shortened = new Map();

/**
 * Minifies libraries, file by file, so that the project's own functions keep their names in stack traces.
 */
function shortenLibraries() {
  return {
    name: 'shorten-libraries',
    setup(build) {
      const { target } = build.initialOptions;
      const clients = new Set();
      const slimClients = new Set();
      const shorten = async (path) => {
        const text = await readFile(path, 'utf8');
        const { code } = await build.esbuild.transform(SCHEMAS.test(path) ? withLiteralKeys(text, path) : text, {
          minify: true,
          target,
          // Top-level names of a script are global.
          ...(/^(?:import|export)\b/m.test(text) && { format: 'esm' }),
        });
        return code;
      };
      build.onLoad({ filter: /[\\/]node_modules[\\/].*\.js$/ }, async ({ path }) => {
        const [client] = /@aws-sdk[\\/]client-[\w-]+/.exec(path) ?? [];
        if (client) (SCHEMAS.test(path) ? slimClients : clients).add(client);
        if (!shortened.has(path)) shortened.set(path, shorten(path));
        try {
          return { contents: await shortened.get(path) };
        } catch (error) {
          return failure(error.message);
        }
      });
      build.onEnd(() => {
        const other = [...clients].find((client) => !slimClients.has(client));
        return other && failure(`${other} has its schemas in another file`);
      });
    },
  };
}

/**
 * Each schema is a variable of its own, with keys such as `[_hE]`, where `const _hE = "httpError"`. As a computed key may have side
 * effects, esbuild keeps every schema: those of 397 of Amazon Connect's 398 operations. With literal keys, unused ones are dropped.
 */
function withLiteralKeys(text, path) {
  const values = new Map([...text.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm)].map(([, name, value]) => [name, value]));
  let found = false;
  const literal = text.replace(/(?<=[{,] )\[(\w+)\](?=: )/g, (key, name) => {
    found = true;
    const value = values.get(name);
    if (value === undefined) throw new Error(`${path} has the key ${key}, which is not a constant in the same file`);
    return value;
  });
  if (!found) throw new Error(`${path} has no computed keys`);
  return literal;
}

/** A sentence of the table of outcomes: `ja: '…',` or `en: "…",`. */
const SENTENCE = /\b(?:ja|en):\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"),?/g;

/** Functions only record how a request ended; the explanations for people are only needed by commands and pages. */
function leaveOutSentences() {
  return {
    name: 'leave-out-sentences',
    setup(build) {
      build.onLoad({ filter: /[\\/]domain[\\/]outcomes[\w-]*\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const contents = text.replace(SENTENCE, '');
        return contents === text ? failure(`${path} has no sentences`) : { contents, loader: 'ts' };
      });
    },
  };
}

/** Fails the build with a sentence. */
const failure = (what) => ({ errors: [{ text: `resources/slim-bundles.cjs no longer fits what it reads: ${what}` }] });
