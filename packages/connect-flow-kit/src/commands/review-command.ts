import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, UsageError } from '../command-line.ts';
import { readLintFile } from '../files/lint-file.ts';
import { reviewPage } from '../review/review-page.ts';
import { coverageOf } from '../scenarios/coverage.ts';
import type { FlowsCommand } from './flows-command.ts';
import { lintLibrary } from './lint-library.ts';
import type { Project } from './open-project.ts';
import { type FlowLibrary, projectFlows } from './repository.ts';
import { projectScenarios, runScenarios } from './scenario-files.ts';

function help({ command, folders }: Project): string {
  return `${command} review [options]

Writes a page for each flow of ${folders.flows}/ to ${folders.review}/: a diagram, every prompt, what is heard in each scenario,
what the scenarios cover, and what the linter finds. Read them in a pull request instead of the flow's JSON.

Options:
  --check  write nothing; list the pages that are not up to date
  --help   this text

Exit code: 0 the pages are up to date now, 1 (with --check) they are not, 2 a flow or scenario file cannot be used.
`;
}

/** A page as it should be. */
interface ReviewPage {
  /** Relative to the project. */
  path: string;
  text: string;
}

/** The pages of all flows, by name. */
export function reviewPages(library: FlowLibrary, project: Project): ReviewPage[] {
  const results = runScenarios(projectScenarios(project), library);
  const taken = results.flatMap(({ call }) => call.taken);
  const lintFile = readLintFile(project.root, project.folders.flows);
  return lintLibrary(library, project, { lintFiles: lintFile ? [lintFile] : [] })
    .toSorted((a, b) => (a.flow.name < b.flow.name ? -1 : 1))
    .flatMap(({ flow, findings }) =>
      coverageOf([flow], taken).map((coverage) => ({
        path: `${project.folders.review}/${flow.name}.md`,
        text: reviewPage({ command: project.command, flow, type: flow.type, results, coverage, findings }),
      })),
    );
}

/** What is wrong with the pages on disk, one sentence for each that is missing, outdated, or belongs to no flow. */
export function stalePages(pages: readonly ReviewPage[], project: Project): string[] {
  const { root, command } = project;
  const old = pages.flatMap(({ path, text }) => {
    const file = join(root, path);
    if (!existsSync(file)) return [`${path} is missing: run ${command} review`];
    return readFileSync(file, 'utf8') === text ? [] : [`${path} is not up to date: run ${command} review`];
  });
  return [...old, ...pagesWithoutFlow(pages, project)];
}

function pagesWithoutFlow(pages: readonly ReviewPage[], { root, folders }: Project): string[] {
  const folder = join(root, folders.review);
  return (existsSync(folder) ? readdirSync(folder).sort() : [])
    .map((name) => `${folders.review}/${name}`)
    .filter((path) => path.endsWith('.md') && !pages.some((page) => page.path === path))
    .map((path) => `${path} belongs to no flow: delete it`);
}

/** Writes the review pages. */
export const review: FlowsCommand = {
  summary: 'writes a page for each flow that a person can review',
  help,
  async run(args, project) {
    const { values, positionals } = parseArgs({
      args,
      options: { check: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    if (positionals.length > 0) throw new UsageError('review takes no names: it writes the pages of all flows');
    const pages = reviewPages(projectFlows(project), project);
    if (!values.check) {
      mkdirSync(join(project.root, project.folders.review), { recursive: true });
      for (const { path, text } of pages) writeFileSync(join(project.root, path), text);
    }
    const stale = stalePages(pages, project);
    for (const sentence of stale) console.error(sentence);
    if (stale.length > 0) return EXIT.problems;
    process.stdout.write(pages.map(({ path }) => `${path} is up to date\n`).join(''));
    return EXIT.fine;
  },
};
