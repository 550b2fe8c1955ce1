import { CATALOGUE, isKnownByNameOnly } from '../catalogue/catalogue.ts';
import { isObject } from '../document.ts';
import type { ExampleFlow } from './example.ts';
import type { Rule } from './rule.ts';
import { RULES_AROUND_FLOWS } from './rule-links.ts';
import { RULES } from './rules.ts';

/** Widest line of an example. */
const WIDTH = 110;

/**
 * A page about every rule, in Markdown.
 *
 * @param command how the commands are called
 * @param origin a sentence about how the page is generated
 */
export function rulesPage(command: string, origin: string): string {
  const errors = RULES.filter(({ severity }) => severity === 'error');
  const warnings = RULES.filter(({ severity }) => severity === 'warning');
  return [
    '# Rules of the flow linter',
    `\`${command} lint\` looks for these in contact flows. An error prevents a flow from being published: Amazon Connect` +
      '\nrefuses it, or would publish a block that fails in every call. A warning is about a flow that is published and' +
      '\nworks, but from which customers or the company suffer, or about something that one source allows and another does not.',
    'In the examples, `Apologise` stands for a prompt followed by a hang-up, `Hang up` for the end of the call, and' +
      '\n`Resume` for the end of the flow. Each example is run by the tests: the first one breaks its rule and no other,' +
      '\nand the second one does not break it.',
    origin,
    `## Errors (${errors.length})`,
    ...errors.map(section),
    `## Warnings (${warnings.length})`,
    ...warnings.map(section),
    '## Blocks known by their name only',
    'No source shows what these look like in the flow language. Only their transitions are checked.',
    hardlyKnown(),
    '## Findings that you live with',
    SILENCING,
    '## Around the flows',
    ...RULES_AROUND_FLOWS.map(
      ({ id, severity, title, why }) =>
        `### ${id}\n\n${severity === 'error' ? 'An error' : 'A warning'}. ${title}. ${why}`,
    ),
    '',
  ].join('\n\n');
}

const hardlyKnown = (): string =>
  [...CATALOGUE.values()]
    .filter(isKnownByNameOnly)
    .map(
      ({ type, block, sources }) =>
        `- \`${type}\`: the block "${block}". ${sources.map(({ note }) => note).join('; ')}`,
    )
    .join('\n');

const SILENCING = `\
\`lint.yml\` in the folder of the flows says which findings a team has decided to live with, and why. They are counted, but neither
shown nor block a deployment. An entry without \`block\` is about a finding that names no block.

\`\`\`yaml
- file: my-flow.json
  block: Hold
  rule: silent-wait
  reason: The telephone system plays music there.
\`\`\``;

const section = ({ id, title, why, source, example }: Rule): string =>
  [
    `### ${id}`,
    `${title}. ${why}`,
    source.kind === 'doc' ? `Source: [documentation](${source.note}).` : `Seen: ${source.note}.`,
    fragment(example.failing),
    'Fixed:',
    fragment(example.fixed),
  ].join('\n\n');

function fragment({ blocks, document }: ExampleFlow): string {
  const shown = shorten(document === undefined ? blocks : { ...document, Actions: blocks });
  // A single block needs no brackets around it.
  const json = Array.isArray(shown) ? shown.map((one) => layOut(one, '')).join(',\n') : layOut(shown, '');
  return ['```json', json, '```'].join('\n');
}

/** Leaves out what would only add length. */
function shorten(value: unknown): unknown {
  if (typeof value === 'string' && value.length > 200) return `${value.slice(0, 40)}… (${value.length} characters)`;
  if (Array.isArray(value)) {
    return value.length > 20 ? [shorten(value[0]), `… (${value.length} in all)`] : value.map(shorten);
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shorten(item)]));
}

/** JSON on one line if it fits, otherwise one line for each entry. */
function layOut(value: unknown, indent: string): string {
  const line = oneLine(value);
  if (indent.length + line.length <= WIDTH || typeof value !== 'object' || value === null) return line;
  const deeper = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((item) => layOut(item, deeper))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${layOut(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${entries.map((entry) => `${deeper}${entry}`).join(',\n')}\n${indent}${close}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${oneLine(item)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
