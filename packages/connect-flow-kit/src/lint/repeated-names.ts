import { visit } from 'jsonc-parser';
import { parseJson } from '../parse-json.ts';
import type { Finding } from './finding.ts';

/** The rule about names in the text of a file, which are no longer visible once it is parsed. */
export const REPEATED_NAME = {
  id: 'repeated-name',
  severity: 'warning',
  title: 'An object in the file has the same name twice',
  why: 'Of two values under one name, the last one counts here; which one Amazon Connect takes is unknown, and anyone who reads the file sees both.',
} as const;

/**
 * A finding for each name that an object of a flow file has more than once.
 *
 * @param text JSON
 */
export function repeatedNames(text: string): Finding[] {
  // Reading the text part by part takes as long as all rules together, and hardly any file has such a name.
  if (quotes(text) === quotes(JSON.stringify(parseJson(text)))) return [];
  const found: Finding[] = [];
  /** The names of each open object, outermost first; undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  let block: string | undefined;
  let name = '';
  const outside: string[] = [];
  let inBlock: string[] = [];
  visit(text.replace(/^\uFEFF/, ''), {
    onObjectBegin() {
      open.push(new Set());
    },
    onArrayBegin() {
      open.push(undefined);
    },
    onObjectProperty(property) {
      name = property;
      const names = open.at(-1);
      if (names?.has(name)) (open.length < IN_A_BLOCK ? outside : inBlock).push(name);
      names?.add(name);
    },
    onLiteralValue(value) {
      if (open.length === IN_A_BLOCK && name === 'Identifier' && typeof value === 'string') block = value;
    },
    onArrayEnd() {
      open.pop();
    },
    onObjectEnd() {
      open.pop();
      if (open.length >= IN_A_BLOCK) return;
      found.push(...inBlock.map((again) => finding(again, block)));
      [block, inBlock] = [undefined, []];
    },
  });
  return [...outside.map((again) => finding(again, undefined)), ...found];
}

/** Each name that is lost in parsing takes two with it. */
const quotes = (text: string): number => text.split('"').length;

/** A block is an object in the list of a flow. */
const IN_A_BLOCK = 3;

const finding = (name: string, block: string | undefined): Finding => ({
  rule: REPEATED_NAME.id,
  severity: REPEATED_NAME.severity,
  ...(block !== undefined && { block }),
  message: `"${name}" appears twice in one object`,
  fix: 'Remove one of them.',
});
