/** A pull request as GitHub's API knows it. */
export interface PullRequest {
  /** `https://api.github.com`, or that of a GitHub Enterprise Server. */
  apiUrl: string;
  /** `owner/name` */
  repository: string;
  number: string;
  token: string;
}

/** The token is read-only, as for a pull request from a fork. */
export class ReadOnlyTokenError extends Error {
  override readonly name = 'ReadOnlyTokenError';
}

/** Marks our comment. GitHub does not show it. */
const MARKER = '<!-- contact-flow-review -->';

/** The author of comments written with a workflow's token. Anybody could write the marker, and only our own comment may be changed. */
const WRITER = 'github-actions[bot]';

const PAGE = 100;

/**
 * Writes our comment on a pull request: updates the existing one, or creates one.
 *
 * Throws `ReadOnlyTokenError` if the token may not.
 *
 * @returns what was done, one sentence
 * @see https://docs.github.com/en/rest/issues/comments
 */
export async function commentOn(pullRequest: PullRequest, markdown: string): Promise<string> {
  const body = `${MARKER}\n${markdown}`;
  const ours = await findComment(pullRequest);
  if (ours === undefined) {
    await request(pullRequest, 'POST', `issues/${pullRequest.number}/comments`, { body });
    return 'A comment was written.';
  }
  await request(pullRequest, 'PATCH', `issues/comments/${ours}`, { body });
  return 'The comment was updated.';
}

/** The id of our comment. */
async function findComment(pullRequest: PullRequest): Promise<number | undefined> {
  for (let page = 1; ; page += 1) {
    const path = `issues/${pullRequest.number}/comments?per_page=${PAGE}&page=${page}`;
    const comments = await request(pullRequest, 'GET', path);
    if (!Array.isArray(comments)) throw new Error(`GitHub answered ${path} with something other than a list`);
    const ours = comments.find(isOurs);
    if (ours !== undefined) return ours.id;
    if (comments.length < PAGE) return undefined;
  }
}

const isOurs = (comment: unknown): comment is { id: number } =>
  isObject(comment) &&
  typeof comment.id === 'number' &&
  typeof comment.body === 'string' &&
  comment.body.startsWith(MARKER) &&
  isObject(comment.user) &&
  comment.user.login === WRITER;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const PATIENCE_MS = 30_000;

async function request(
  { apiUrl, repository, token }: PullRequest,
  method: string,
  path: string,
  content?: unknown,
): Promise<unknown> {
  const response = await fetch(`${apiUrl}/repos/${repository}/${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'user-agent': 'karte-connect-call',
      'x-github-api-version': '2022-11-28',
      ...(content !== undefined && { 'content-type': 'application/json' }),
    },
    ...(content !== undefined && { body: JSON.stringify(content) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await response.text();
  if (response.ok) return JSON.parse(text);
  const message = messageOf(text);
  if (response.status === 403 && READ_ONLY.test(message)) throw new ReadOnlyTokenError(message);
  throw new Error(`GitHub answered ${method} ${path} with ${response.status}: ${message}`);
}

/** GitHub's answer to a token without the permission; a rate limit is a 403, too. */
const READ_ONLY = /^Resource not accessible/;

/** GitHub's message about a refusal. */
function messageOf(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    if (isObject(answer) && typeof answer.message === 'string') return answer.message;
  } catch {
    // A proxy's page: its start will do.
  }
  return text.slice(0, 200);
}
