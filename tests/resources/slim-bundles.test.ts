import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../domain/outcomes.ts';
import { PROJECT } from '../run-command.ts';

const plugins = createRequire(import.meta.url)('../../resources/slim-bundles.cjs') as Plugin[];

/** The text of the bundle that serverless.yml's options make of a module. */
async function bundled(contents: string, resolveDir: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir },
    bundle: true,
    minifyWhitespace: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
    write: false,
    plugins,
  });
  return outputFiles[0]?.text ?? '';
}

/** What runs the module of a bundle; `require` is this process's own. */
function run(text: string): Record<string, unknown> {
  const module = { exports: {} };
  new Function('module', 'exports', 'require', text)(module, module.exports, createRequire(import.meta.url));
  return module.exports;
}

describe('a bundle with the AWS SDK', () => {
  const connect = `
    import { ConnectClient, StartOutboundVoiceContactCommand } from '@aws-sdk/client-connect';
    export const ask = (client = new ConnectClient({ region: 'ap-northeast-1', maxAttempts: 1 })) =>
      client.send(new StartOutboundVoiceContactCommand({}));`;

  it('holds the operations it uses and no other', async () => {
    const text = await bundled(connect, PROJECT);
    expect(text).toContain('/contact/outbound-voice');
    expect(text).not.toContain('/contact/chat');
    expect(text.length).toBeLessThan(250_000);
  });

  it('knows an exception of the service as its class', async () => {
    const { thrown } = run(
      await bundled(
        `
        import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
        const body = JSON.stringify({ __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' });
        const requestHandler = { handle: async () => ({ response: {
          statusCode: 400, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: new TextEncoder().encode(body),
        } }) };
        const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
        const client = new DynamoDBClient({ region: 'ap-northeast-1', credentials, requestHandler });
        export const thrown = client.send(new PutItemCommand({ TableName: 't', Item: {} })).then(
          () => 'nothing',
          (error) => [error instanceof ConditionalCheckFailedException, error.name],
        );`,
        PROJECT,
      ),
    );
    expect(await thrown).toEqual([true, 'ConditionalCheckFailedException']);
  });

  it('says which variables are missing where it finds no credentials, and asks nobody for them', async () => {
    const { ask } = run(await bundled(connect, PROJECT)) as { ask: () => Promise<unknown> };
    await expect(ask()).rejects.toThrow(/environment, where AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set/);
  });
});

describe('an update of the AWS SDK', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'other-sdk-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Bundles a module that imports a client of an SDK that consists of these files. */
  async function bundledWith(files: Record<string, string>): Promise<string> {
    for (const [name, text] of Object.entries(files)) {
      const path = join(folder, 'node_modules/@aws-sdk', name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return bundled(`export * from '@aws-sdk/client-connect/dist-es/index.js';`, folder);
  }
  const index = 'client-connect/dist-es/index.js';
  const schemas = 'client-connect/dist-es/schemas/schemas_0.js';
  const sound = `const _h = "http";\nexport var A$ = [9, { [_h]: ["GET"] }];\n`;

  it.each([
    ['a key of a schema is no constant', { [schemas]: 'export var A$ = [9, { [other]: 1 }];' }, 'the key [other]'],
    ['no schema has such a key', { [schemas]: 'export var A$ = [9, { "http": 1 }];' }, 'no computed keys'],
    [
      'the schemas are elsewhere',
      { [index]: `export * from './all.js';`, 'client-connect/dist-es/all.js': sound },
      'client-connect has its schemas in another file',
    ],
    [
      'it imports something else on demand',
      { [schemas]: `${sound}export const more = () => import('@aws-sdk/client-new');` },
      'imports @aws-sdk/client-new on demand: does it ever need it in Lambda?',
    ],
    ['it imports something on demand no more', { [schemas]: sound }, 'on demand: is it still left out?'],
  ])('stops the build by a sentence where %s', async (_name, files, sentence) => {
    const sdk = { [index]: `export * from './schemas/schemas_0.js';`, ...files };
    await expect(bundledWith(sdk)).rejects.toThrow(`resources/slim-bundles.cjs no longer fits what it reads`);
    await expect(bundledWith(sdk)).rejects.toThrow(sentence);
  });
});

it('a bundle with the table of outcomes has its classes and reasons, and no sentence for people', async () => {
  // Act
  const text = await bundled(`export { OUTCOMES } from './domain/outcomes.ts';`, PROJECT);
  // Assess
  const withoutSentences = Object.fromEntries(
    Object.entries(OUTCOMES).map(([outcome, { class: of, failsExecution, reasons }]) => [
      outcome,
      { class: of, failsExecution, reasons: Object.fromEntries(Object.keys(reasons).map((reason) => [reason, {}])) },
    ]),
  );
  expect(run(text)).toEqual({ OUTCOMES: withoutSentences });
});
