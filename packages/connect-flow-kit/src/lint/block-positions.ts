import { type Node, parseTree } from 'jsonc-parser';

/** A place in a text, both counted from 1; columns in UTF-16 units, as editors and SARIF count them. */
export interface Position {
  line: number;
  column: number;
}

/**
 * Where the blocks of a flow stand in the text of its file: Identifier → the opening bracket of the block. Of blocks with
 * one Identifier the first counts. A text that is no flow has none.
 */
export function blockPositions(text: string): Map<string, Position> {
  const starts = lineStarts(text);
  const positions = new Map<string, Position>();
  const root = parseTree(text.replace(/^\uFEFF/, ' '));
  for (const block of memberOf(root, 'Actions')?.children ?? []) {
    const identifier: unknown = memberOf(block, 'Identifier')?.value;
    if (typeof identifier === 'string' && !positions.has(identifier)) {
      positions.set(identifier, positionAt(block.offset, starts));
    }
  }
  return positions;
}

/** The last of a name counts, as it does for JSON.parse. */
const memberOf = (object: Node | undefined, key: string): Node | undefined =>
  object?.type === 'object'
    ? object.children?.findLast(({ children }) => children?.[0]?.value === key)?.children?.[1]
    : undefined;

/** Offset of the first character of each line. */
const lineStarts = (text: string): number[] => [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(endOf)];

const endOf = ({ 0: found, index }: RegExpExecArray): number => index + found.length;

function positionAt(offset: number, starts: readonly number[]): Position {
  const line = starts.findLastIndex((start) => start <= offset);
  return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
}
