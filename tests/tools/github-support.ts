import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PROJECT, type Run } from '../run-command.ts';

interface Comment {
  id: number;
  body: string;
  user: { login: string };
}

/** GitHub's comments on pull request 7 of owner/name, on this machine. */
export interface FakeGitHub {
  url: string;
  comments: Comment[];
  /** Method and path of every request, in order. */
  requests: string[];
  /** Answered to every request but GET, in place of doing it. */
  refusal: { status: number; message: string } | undefined;
  close(): Promise<void>;
}

export async function startGitHub(): Promise<FakeGitHub> {
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { status, answer } = respond(`${request.method} ${request.url}`, Buffer.concat(chunks).toString());
    const allowed = request.headers.authorization === 'Bearer a-token';
    response.writeHead(allowed ? status : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(allowed ? answer : { message: 'Bad credentials' }));
  });

  function respond(line: string, body: string): { status: number; answer: unknown } {
    gitHub.requests.push(line);
    const [, page] = /^GET \/api\/repos\/owner\/name\/issues\/7\/comments\?per_page=100&page=(\d+)$/.exec(line) ?? [];
    if (page !== undefined) {
      return { status: 200, answer: gitHub.comments.slice(100 * (Number(page) - 1), 100 * Number(page)) };
    }
    const { refusal } = gitHub;
    if (refusal) return { status: refusal.status, answer: { message: refusal.message } };
    const text: string = JSON.parse(body).body;
    if (text.length > 65_536)
      return { status: 422, answer: { message: 'Body is too long (maximum is 65536 characters)' } };
    if (line === 'POST /api/repos/owner/name/issues/7/comments') {
      const comment = { id: gitHub.comments.length + 1, body: text, user: { login: 'github-actions[bot]' } };
      gitHub.comments.push(comment);
      return { status: 201, answer: comment };
    }
    const [, id] = /^PATCH \/api\/repos\/owner\/name\/issues\/comments\/(\d+)$/.exec(line) ?? [];
    const comment = gitHub.comments.find((one) => one.id === Number(id));
    if (!comment) return { status: 404, answer: { message: 'Not Found' } };
    comment.body = text;
    return { status: 200, answer: comment };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gitHub: FakeGitHub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    comments: [],
    requests: [],
    refusal: undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return gitHub;
}

/** What GitHub Actions sets, and the workflow adds. */
export const actionsEnvironment = (gitHub: FakeGitHub, folder: string): Record<string, string> => ({
  GITHUB_API_URL: gitHub.url,
  GITHUB_SERVER_URL: 'https://github.example',
  GITHUB_REPOSITORY: 'owner/name',
  GITHUB_RUN_ID: '42',
  GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
  GITHUB_TOKEN: 'a-token',
  PULL_REQUEST: '7',
  RUNNER_TEMP: folder,
});

/** Runs a program to its end. */
export const run = (
  program: string,
  args: string[],
  { cwd = PROJECT, env = {} }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<Run> =>
  new Promise((resolve) => {
    execFile(program, args, { cwd, env: { ...process.env, ...env } }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
