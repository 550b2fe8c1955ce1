import { visit } from 'jsonc-parser';

/** A place in a text, both counted from 1; columns in UTF-16 units, as editors and SARIF count them. */
export interface Position {
  line: number;
  column: number;
}

/** A block is an object in the list of a flow. */
const IN_A_BLOCK = 3;

/**
 * Where the blocks of a flow are in the text of its file: Identifier → the opening bracket of the block. If several blocks have
 * one Identifier, the first one counts. A text that is not a flow has none.
 *
 * @param text JSON
 */
export function blockPositions(text: string): Map<string, Position> {
  const positions = new Map<string, Position>();
  /** The name of each open object or list, outermost first. */
  const members: (string | undefined)[] = [];
  let name: string | undefined;
  let position: Position = { line: 1, column: 1 };
  let identifier: unknown;
  const open = () => {
    members.push(name);
    name = undefined;
  };
  visit(text.replace(/^\uFEFF/, ' '), {
    onObjectBegin(_offset, _length, line, column) {
      open();
      if (members.length < IN_A_BLOCK + 1) [position, identifier] = [{ line: line + 1, column: column + 1 }, undefined];
    },
    onArrayBegin: open,
    onObjectProperty(property) {
      name = property;
    },
    onLiteralValue(value) {
      if (members.length === IN_A_BLOCK && name === 'Identifier') identifier = value;
    },
    onArrayEnd() {
      members.pop();
    },
    onObjectEnd() {
      const isBlock = members.length === IN_A_BLOCK && members[1] === 'Actions';
      if (isBlock && typeof identifier === 'string' && !positions.has(identifier)) positions.set(identifier, position);
      members.pop();
    },
  });
  return positions;
}
