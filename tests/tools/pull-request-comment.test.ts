import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cutAfterParagraph } from '../../tools/github/cut.ts';
import { commandHere, type Run } from '../run-command.ts';
import { actionsEnvironment, type FakeGitHub, startGitHub } from './github-support.ts';

const MARKER = '<!-- contact-flow-review -->';

let gitHub: FakeGitHub;
let folder: string;

beforeEach(async () => {
  gitHub = await startGitHub();
  folder = mkdtempSync(join(tmpdir(), 'comment-'));
});

afterEach(async () => {
  await gitHub.close();
  rmSync(folder, { recursive: true });
});

function comment(markdown: string, env: Record<string, string> = {}): Promise<Run> {
  const file = join(folder, 'comment.md');
  writeFileSync(file, markdown);
  return commandHere('pull-request-comment', [file], { env: { ...actionsEnvironment(gitHub, folder), ...env } });
}

const summary = () => readFileSync(join(folder, 'summary.md'), 'utf8');

const somebodys = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: 1_000 + index, body: 'fine', user: { login: 'reviewer' } }));

describe('the comment on a pull request', () => {
  it('is written where there is none', async () => {
    // Act
    const { code, stdout } = await comment('### Contact flows\n\n1 prompt changed.\n');
    // Assess
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'A comment was written.\n' });
    expect(gitHub.comments.map(({ body }) => body)).toEqual([`${MARKER}\n### Contact flows\n\n1 prompt changed.\n`]);
    expect(summary()).toBe('### Contact flows\n\n1 prompt changed.\n');
  });

  it('is updated where there is one, even behind many others', async () => {
    // Prepare
    gitHub.comments.push(...somebodys(230));
    await comment('first');
    // Act
    const { code, stdout } = await comment('second');
    // Assess
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'The comment was updated.\n' });
    expect(gitHub.comments.filter(({ body }) => body !== 'fine').map(({ body }) => body)).toEqual([
      `${MARKER}\nsecond`,
    ]);
  });

  it('asks for the next page only where the last was full', async () => {
    gitHub.comments.push(...somebodys(100));
    await comment('first');
    expect(gitHub.requests.filter((line) => line.startsWith('GET'))).toEqual([
      'GET /api/repos/owner/name/issues/7/comments?per_page=100&page=1',
      'GET /api/repos/owner/name/issues/7/comments?per_page=100&page=2',
    ]);
  });

  it.each([
    ['somebody else wrote the marker', { body: `${MARKER}\nmine`, user: { login: 'somebody' } }],
    ['another workflow wrote without it', { body: 'tests passed', user: { login: 'github-actions[bot]' } }],
    ['another workflow quoted it', { body: `> ${MARKER}`, user: { login: 'github-actions[bot]' } }],
  ])('leaves the comment alone where %s', async (_, other) => {
    // Prepare
    gitHub.comments.push({ id: 99, ...other });
    // Act
    await comment('ours');
    // Assess
    expect(gitHub.comments.map(({ body }) => body)).toEqual([other.body, `${MARKER}\nours`]);
  });

  it('is cut after a paragraph where it is longer than GitHub takes, and whole in the summary', async () => {
    // Prepare
    const paragraphs = Array.from({ length: 400 }, (_, index) => `段落${index} ${'あ'.repeat(300)}`);
    const long = `${paragraphs.join('\n\n')}\n`;
    // Act
    const { code } = await comment(long);
    // Assess
    expect(code).toBe(0);
    const [{ body } = { body: '' }] = gitHub.comments;
    const [last, note] = body.trimEnd().split('\n\n').slice(-2);
    expect(paragraphs).toContain(last);
    expect(note).toBe(
      'The rest is too long for a comment: it is in the [summary of the job](https://github.example/owner/name/actions/runs/42).',
    );
    expect(body.length).toBeGreaterThan(64_000);
    expect(summary()).toBe(long);
  });

  it('is in the summary alone where the token may not write, as that of a fork', async () => {
    // Prepare
    gitHub.refusal = { status: 403, message: 'Resource not accessible by integration' };
    // Act
    const { code, stdout } = await comment('what changed');
    // Assess
    expect(code).toBe(0);
    expect(stdout).toContain('::notice::The token of this run may not write a comment');
    expect(summary()).toBe('what changed');
  });

  it.each([
    [403, 'You have exceeded a secondary rate limit'],
    [500, 'Server Error'],
  ])('fails with what GitHub said on %i', async (status, message) => {
    gitHub.refusal = { status, message };
    const { code, stderr } = await comment('x');
    expect(code).toBe(1);
    expect(stderr).toContain(`GitHub answered POST issues/7/comments with ${status}: ${message}`);
    expect(stderr).not.toContain('a-token');
  });

  it.each(['GITHUB_TOKEN', 'GITHUB_API_URL', 'PULL_REQUEST'])('says that %s is missing', async (name) => {
    const { code, stderr } = await comment('x', { [name]: '' });
    expect({ code, stderr }).toEqual({ code: 2, stderr: `${name} is not set: GitHub Actions sets it in a workflow\n` });
    expect(gitHub.requests).toEqual([]);
  });

  it('says that a file is missing', async () => {
    const env = actionsEnvironment(gitHub, folder);
    const { code, stderr } = await commandHere('pull-request-comment', ['nowhere.md'], { env });
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'nowhere.md cannot be read: give a Markdown file\n' });
  });
});

describe('Markdown that is too long', () => {
  const folded = (...paragraphs: string[]) => ['<details><summary>x</summary>', ...paragraphs, '</details>'];

  it('ends what is folded before the note, even when folded twice', () => {
    const before = ['one', ...folded('two'), '<details><summary>x</summary>', '<details><summary>x</summary>'];
    const markdown = [...before, 'three', 'f'.repeat(200)].join('\n\n');
    const cut = cutAfterParagraph(markdown, markdown.length - 100, 'rest');
    expect(cut).toBe(`${[...before, 'three', '</details>', '</details>', 'rest'].join('\n\n')}\n`);
  });

  it.each([
    ['fits', 'one\n\ntwo', 8, 'one\n\ntwo'],
    ['ends after the last paragraph that fits beside the note', `one\n\n${'two '.repeat(9)}`, 20, 'one\n\nrest\n'],
    ['leaves a paragraph out for the note', 'one\n\n123456789\n\nmore and more', 20, 'one\n\nrest\n'],
    ['is the note alone where nothing fits', 'o'.repeat(50), 20, '\n\nrest\n'],
  ])('%s', (_, markdown, longest, expected) => {
    expect(cutAfterParagraph(markdown, longest, 'rest')).toBe(expected);
    expect(cutAfterParagraph(markdown, longest, 'rest').length).toBeLessThanOrEqual(longest);
  });
});
