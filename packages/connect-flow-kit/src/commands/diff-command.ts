import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT, print, UsageError } from '../command-line.ts';
import type { DiffReport } from '../diff/diff-report.ts';
import { renderReport } from '../diff/render-report.ts';
import { reportOn } from './compare-versions.ts';
import type { FlowsCommand } from './flows-command.ts';
import type { Project } from './open-project.ts';
import { loadFlow, projectFlows } from './repository.ts';
import { stagesSince } from './stage-versions.ts';
import { versionsSince } from './versions-since.ts';

function help({ command, folders }: Project): string {
  return `Shows what differs between two versions of a flow for the customers who are called. Layout, notes and the order of the blocks in
the file do not count as differences; a block that has another name is shown as renamed.

  ${command} diff <old.json> <new.json>
  ${command} diff --base <commit>

  --base <commit>   compare every flow of ${folders.flows}/ as it is now with that commit: main, origin/main, a hash
  --json            print one JSON document and nothing else
  --help            this text

Prints Markdown. Texts of flows are in code, so that it can be posted to GitHub as it is. Every scenario of
${folders.scenarios}/ is simulated with both versions; those that sound different or end differently are shown, with
the settings of both versions if a stage's texts for the flows changed. What exceeds 30 lines is folded.

Exit code: 0 compared, with differences or without; 2 the input cannot be used.
`;
}

export const diff: FlowsCommand = {
  summary: 'shows what differs between two versions for the customers who are called',
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

/** Compares the flows of a project with their versions at a commit. */
async function diffSince(base: string, files: readonly string[], project: Project): Promise<DiffReport> {
  if (files.length > 0) throw new UsageError('expected either two files or --base <commit>');
  return reportOn(await versionsSince(base, project), project, await stagesSince(base, project));
}

/**
 * Compares two files. The flow is taken for the project's flow that either file is named after, so that other flows
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
  const pair = { path: now, earlierPath: old, before: { ...before, ...known }, after: { ...after, ...known } };
  const unchanged = name === undefined ? [] : others.filter((flow) => flow.name !== name);
  const report = reportOn(
    [pair, ...unchanged.map((flow) => ({ path: flow.path, before: flow, after: flow }))],
    project,
  );
  return { ...report, flows: report.flows.filter(({ path }) => path === now) };
}
