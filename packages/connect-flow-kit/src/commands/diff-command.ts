import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, print, UsageError } from '../command-line.ts';
import type { DiffReport } from '../diff/diff-report.ts';
import { renderReport } from '../diff/render-report.ts';
import { UnreadableFlowError } from '../document.ts';
import { reportOn, type Version } from './compare-versions.ts';
import { type FlowTexts, flowTextsAt, flowTextsNow } from './flow-versions.ts';
import type { FlowsCommand } from './flows-command.ts';
import type { Project } from './open-project.ts';
import { flowOfText, loadFlow, projectFlows } from './repository.ts';

function help({ command, folders }: Project): string {
  return `Shows what differs between two versions of a flow for whoever is called. Layout, names of blocks and their order
in the file are no difference.

  ${command} diff <old.json> <new.json>
  ${command} diff --base <commit>

  --base <commit>   compare every flow of ${folders.flows}/ as it is now with that commit: main, origin/main, a hash
  --json            print one JSON document and nothing else
  --help            this text

Prints Markdown. Texts of flows stand in code, so that it can be posted to GitHub as it is. Every scenario of
${folders.scenarios}/ is simulated with both versions; those that sound different or end differently are shown.

Exit code: 0 compared, with differences or without; 2 the input cannot be used.
`;
}

export const diff: FlowsCommand = {
  summary: 'what differs between two versions, for whoever is called',
  help,
  async run(args, project) {
    const { values, positionals } = parseArgs({
      args,
      options: { base: { type: 'string' }, json: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const { base, json } = values;
    const report = base === undefined ? diffOfFiles(positionals, project) : await diffSince(base, positionals, project);
    print(json ? `${JSON.stringify(report, null, 2)}\n` : renderReport(report, project.command));
    return EXIT.fine;
  },
};

/** Compares the flows of a project with those it had at a commit. */
async function diffSince(base: string, files: readonly string[], project: Project): Promise<DiffReport> {
  if (files.length > 0) throw new UsageError('expected either two files or --base <commit>');
  const [before, after] = [await flowTextsAt(project, base), flowTextsNow(project)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const versions = paths.map((path) => ({ path, before: versionIn(before, path), after: versionIn(after, path) }));
  return reportOn(versions, project);
}

function versionIn(texts: FlowTexts, path: string): Version | undefined {
  const text = texts.get(path);
  if (text === undefined) return undefined;
  try {
    return flowOfText(path, text);
  } catch (error) {
    if (error instanceof UsageError && error.cause instanceof UnreadableFlowError) {
      return { unreadable: error.cause.message };
    }
    throw error;
  }
}

/**
 * Compares two files. The flow counts as the one of the project that either file is named after, so that other flows
 * and the scenarios find it.
 */
function diffOfFiles([old, now, ...more]: readonly string[], project: Project): DiffReport {
  if (old === undefined || now === undefined || more.length > 0) {
    throw new UsageError(`expected two files, or --base <commit>: ${project.command} diff old.json new.json`);
  }
  const [before, after] = [loadFlow(old), loadFlow(now)];
  const others = existsSync(join(project.root, project.folders.flows)) ? projectFlows(project).flows : [];
  const name = [after.name, before.name].find((one) => others.some((flow) => flow.name === one));
  const known = name === undefined ? {} : { name };
  const pair = { path: now, before: { ...before, ...known }, after: { ...after, ...known } };
  const unchanged = name === undefined ? [] : others.filter((flow) => flow.name !== name);
  const { flows, calls } = reportOn(
    [pair, ...unchanged.map((flow) => ({ path: flow.path, before: flow, after: flow }))],
    project,
  );
  return { flows: flows.filter(({ path }) => path === now), calls };
}
