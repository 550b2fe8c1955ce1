import { UsageError } from '../command-line.ts';
import { compareFlows } from '../diff/compare-flows.ts';
import { UnreadableFlowError } from '../document.ts';
import { flowToken, tokensIn } from '../files/contact-flow-tokens.ts';
import type { FlowVersions, Version } from './compare-versions.ts';
import { type FlowTexts, flowTextsAt, flowTextsNow } from './flow-versions.ts';
import type { Project } from './open-project.ts';
import { flowOfText, type LoadedFlow } from './repository.ts';

/**
 * Every flow of a project as it is now, next to its version at a commit. A flow whose file was renamed is one flow.
 *
 * @param ref whatever git accepts as a commit
 */
export async function versionsSince(ref: string, project: Project): Promise<FlowVersions[]> {
  const [before, after] = [await flowTextsAt(project, ref), flowTextsNow(project)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return withMoved(paths.map((path) => ({ path, before: versionIn(before, path), after: versionIn(after, path) })));
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

/** A file that was removed and one that was added, at least half of whose blocks are the same. */
interface Move {
  from: LoadedFlow;
  to: LoadedFlow;
}

function withMoved(versions: FlowVersions[]): FlowVersions[] {
  const moves = movesIn(versions);
  if (moves.length === 0) return versions;
  return versions
    .filter(({ before, after }) => after !== undefined || !moves.some(({ from }) => from === before))
    .map((version): FlowVersions => {
      const move = moves.find(({ to }) => to === version.after);
      const before = underNewNames(move ? { ...move.from, name: move.to.name } : version.before, moves);
      const now = { ...version, before, ...namesLeftBehind(version.after, moves) };
      return move ? { ...now, earlierPath: move.from.path, moved: true } : now;
    });
}

function namesLeftBehind(after: Version | undefined, moves: readonly Move[]): Pick<FlowVersions, 'leftBehind'> {
  const corrected = underNewNames(after, moves);
  if (after === undefined || 'unreadable' in after || corrected === after) return {};
  if (corrected === undefined || 'unreadable' in corrected) return {};
  const tokens = tokensIn(after.text);
  const names = moves.flatMap(({ from, to }) => {
    const [token, now] = [flowToken(from.name), flowToken(to.name)];
    return tokens.includes(token) ? [{ token, now, path: to.path }] : [];
  });
  return { leftBehind: { names, corrected } };
}

function movesIn(versions: readonly FlowVersions[]): Move[] {
  const lone = (here: 'before' | 'after', there: 'before' | 'after'): LoadedFlow[] =>
    versions.flatMap((version) => {
      const flow = version[here];
      return version[there] === undefined && flow && 'document' in flow ? [flow] : [];
    });
  const came = lone('after', 'before');
  const pairs = lone('before', 'after').flatMap((from) => came.map((to) => ({ from, to, alike: likeness(from, to) })));
  const moves: Move[] = [];
  for (const { from, to, alike } of pairs.toSorted((a, b) => b.alike - a.alike)) {
    const isTaken = moves.some((move) => move.from === from || move.to === to);
    if (alike >= 0.5 && !isTaken) moves.push({ from, to });
  }
  return moves;
}

/** The share of the blocks that is unchanged: 0 to 1. */
function likeness({ document: before }: LoadedFlow, { document: after }: LoadedFlow): number {
  const { added, changed } = compareFlows(before, after);
  const most = Math.max(before.Actions.length, after.Actions.length);
  return most === 0 ? 0 : (after.Actions.length - added.length - changed.length) / most;
}

/** A flow as if the files had already had their new names, by which other flows refer to it. */
function underNewNames(version: Version | undefined, moves: readonly Move[]): Version | undefined {
  if (version === undefined || 'unreadable' in version) return version;
  const text = moves.reduce(
    (now, { from, to }) => now.replaceAll(`\${${flowToken(from.name)}}`, () => `\${${flowToken(to.name)}}`),
    version.text,
  );
  return text === version.text ? version : { ...flowOfText(version.path, text), name: version.name };
}
