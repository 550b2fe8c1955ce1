import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { nodesOfTheMachine } from '../machine-nodes.ts';
import { PROJECT, type Run } from '../run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'old-node-'));
const preload = join(folder, 'pretend.cjs');
writeFileSync(
  preload,
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });",
);
afterAll(() => rmSync(folder, { recursive: true }));

/** Nodes before 24: this one, which says that it is one, and whichever the machine has. */
const OLD_NODES = [
  { name: 'one that says it is 20', node: process.execPath, options: `--require ${preload}` },
  ...nodesOfTheMachine()
    .map((node) => ({ name: execFileSync(node, ['--version'], { encoding: 'utf8' }).trim(), node, options: '' }))
    // From 20 on the Serverless Framework starts; before, it has a sentence of its own.
    .filter(({ name }) => /^v2[0-3]\./.test(name)),
];

const { scripts, engines } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  engines: { node: string };
};

it('is the Node that package.json and .nvmrc name', () => {
  expect(engines.node).toBe('>=24');
  expect(readFileSync(join(PROJECT, '.nvmrc'), 'utf8')).toBe('24\n');
});

it.each(Object.entries(scripts))('npm run %s asks for Node 24 before anything else', (_name, script) => {
  const next = /^npm run (\S+) &&/.exec(script)?.[1];
  expect(next === undefined ? script : scripts[next]).toMatch(
    /^node (?:--require \.\/resources\/needs-node-24\.cjs |resources\/needs-node-24\.cjs && )/,
  );
});

it.each(OLD_NODES)('on an old Node ($name) every kind of command answers with one sentence', async (old) => {
  const commands = [
    (scripts.flows ?? '').split(' ').slice(1),
    ['resources/needs-node-24.cjs'],
    ['packages/connect-flow-kit/bin/connect-flow-kit.cjs', 'lint'],
    ['node_modules/serverless/bin/serverless.js', 'package', '--stage', 'dev', '--package', folder],
    ['node_modules/vitest/vitest.mjs', 'run', 'tests/domain/masking.test.ts'],
  ];
  for (const args of commands) {
    const { code, stdout, stderr } = await run(old.node, args, old.options);
    expect(stderr).toMatch(/^This needs Node 24, and runs on 2\d\.\d+\.\d+: .*install Node 24 .*\n$/);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  }
});

it('says nothing where Node is new enough', async () => {
  expect(await run(process.execPath, ['resources/needs-node-24.cjs'], '')).toEqual({ code: 0, stdout: '', stderr: '' });
});

/** Runs what is in a script, with another Node. */
function run(node: string, args: string[], NODE_OPTIONS: string): Promise<Run> {
  // What this test run itself was started with is not the command's.
  const env = { PATH: process.env.PATH, HOME: folder, SLS_TELEMETRY_DISABLED: '1', NODE_OPTIONS };
  const child = spawn(node, args, { cwd: PROJECT, env });
  const told = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    told.stdout += String(text);
  });
  child.stderr.on('data', (text) => {
    told.stderr += String(text);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, ...told })));
}
