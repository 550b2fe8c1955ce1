import { appendFileSync, readFileSync } from 'node:fs';
import { EXIT, print, runCommand, UsageError } from 'connect-flow-kit/command-line';
import { commentOn, type PullRequest, ReadOnlyTokenError } from './github/comment.ts';
import { cutAfterParagraph } from './github/cut.ts';

const HELP = `Writes a Markdown file into this project's comment on a pull request, and into the job summary.

  node tools/pull-request-comment.ts <file.md>

For a GitHub Actions workflow, which sets GITHUB_API_URL, GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID and
GITHUB_STEP_SUMMARY. The workflow must add GITHUB_TOKEN and PULL_REQUEST, the number.

Exit codes: 0 written, or a fork's token may not write; 1 GitHub refused; 2 something is missing.
`;

/** GitHub refuses comments of more than 65,536 characters; the rest is for the marker and the note. */
const LONGEST_COMMENT = 65_000;
/** A summary may have 1,024 KB, and a UTF-16 code unit takes at most three bytes in UTF-8. */
const LONGEST_SUMMARY = 340_000;

async function main(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const [path, ...more] = args;
  if (path === undefined || more.length > 0) throw new UsageError('expected one Markdown file (see --help)');
  const markdown = readMarkdown(path);
  const pullRequest: PullRequest = {
    apiUrl: needed('GITHUB_API_URL'),
    repository: needed('GITHUB_REPOSITORY'),
    number: needed('PULL_REQUEST'),
    token: needed('GITHUB_TOKEN'),
  };
  const run = `${needed('GITHUB_SERVER_URL')}/${pullRequest.repository}/actions/runs/${needed('GITHUB_RUN_ID')}`;

  appendFileSync(needed('GITHUB_STEP_SUMMARY'), cutAfterParagraph(markdown, LONGEST_SUMMARY, 'The rest is too long.'));
  try {
    const note = `The rest is too long for a comment: it is in the [summary of the job](${run}).`;
    print(`${await commentOn(pullRequest, cutAfterParagraph(markdown, LONGEST_COMMENT, note))}\n`);
  } catch (error) {
    if (!(error instanceof ReadOnlyTokenError)) throw error;
    print('::notice::The token of this run may not write a comment: see the summary of this job.\n');
  }
  return EXIT.fine;
}

function readMarkdown(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path} cannot be read: give a Markdown file`, { cause });
  }
}

function needed(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new UsageError(`${name} is not set: GitHub Actions sets it in a workflow`);
  return value;
}

await runCommand(main);
