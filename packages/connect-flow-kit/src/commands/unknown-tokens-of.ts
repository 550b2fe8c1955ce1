import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowToken, tokensIn, tokenValues } from '../files/contact-flow-tokens.ts';
import type { UnknownTokens } from '../lint/unknown-tokens.ts';
import { isOfProject } from './lint-library.ts';
import type { Project } from './open-project.ts';
import type { LoadedFlow } from './repository.ts';

/**
 * Tokens of the project's flows that have no value on its default stage. Undefined if all have one, and
 * if this cannot be known: there is no default stage, or it cannot be loaded.
 *
 * A stage takes longer to load than all flows take to lint, so it is loaded last.
 */
export async function unknownTokensOf(
  flows: readonly LoadedFlow[],
  project: Project,
): Promise<UnknownTokens | undefined> {
  const { root, folders, stages } = project;
  if (stages?.default === undefined) return undefined;
  const own = flows.filter((flow) => isOfProject(flow, project));
  const used = new Set(own.flatMap(({ text }) => tokensIn(text)));
  if (used.size === 0) return undefined;
  const folder = join(root, folders.flows);
  // For standard input, neither the file nor its folder need exist.
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  const names = [...files.map((name) => name.replace(/\.json$/, '')), ...own.map(({ name }) => name)];
  const named = names.map((name) => ({ token: flowToken(name) }));
  const open = [...used].filter((token) => token !== 'DefaultQueue' && !named.some((flow) => flow.token === token));
  if (open.length === 0 || areNamedIn(stageFiles(project), open)) return undefined;
  try {
    const stage = await stages.load(stages.default);
    const { texts, references } = tokenValues(named, stage, { flow: () => '', queue: () => '', function: () => '' });
    const known = [...Object.keys(texts), ...Object.keys(references), ...Object.keys(stage.functions ?? {})];
    const tokens = open.filter((token) => !known.includes(token));
    const { setting, file } = stage.valuesAt;
    return tokens.length === 0 ? undefined : { tokens, known, valuesAt: `${setting} of ${file}` };
  } catch {
    return undefined;
  }
}

/** Are all of them names of values in the texts? */
const areNamedIn = (texts: readonly string[], tokens: readonly string[]): boolean =>
  tokens.every((token) => /^\w+$/.test(token) && texts.some((text) => new RegExp(`\\b${token}["']?\\s*:`).test(text)));

/** The texts of the stages' files; none if the config does not say where they are. */
function stageFiles({ root, stages }: Project): string[] {
  const folder = stages?.files && join(root, stages.files.folder);
  if (folder === undefined) return [];
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => readFileSync(join(folder, name), 'utf8'));
  } catch {
    return [];
  }
}
