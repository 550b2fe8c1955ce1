import { type FlowDocument, isObject } from '../document.ts';
import { layoutOf, type Position } from './layout.ts';

/**
 * A note of the flow designer. `actionId` is the Identifier of its block, and empty for a note that belongs to none.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/add-notes-to-block.html
 * @see an export with some: https://github.com/aws-samples/amazon-connect-step-by-step-guides-module-library/blob/HEAD/examples/Financial/contactFlow.json
 */
type Note = Record<string, unknown>;

/** The notes that a flow has. */
export const notesOf = ({ Metadata }: FlowDocument): Note[] =>
  Array.isArray(Metadata?.Annotations) ? Metadata.Annotations.filter(isObject) : [];

/**
 * The notes of an export as the repository keeps them: at blocks by the repository's names, and in the same place relative to them
 * in its layout. A note with the same text about the same block is the repository's own, wherever it was moved.
 * An export that has no notes, as old ones do, removes none.
 *
 * @param names Identifier in the export → identifier in the repository
 * @param imported the flow as it will be in the repository, apart from notes
 */
export function importNotes(
  exported: FlowDocument,
  existing: FlowDocument | undefined,
  imported: FlowDocument,
  names: ReadonlyMap<string, string>,
): Note[] {
  const layout = layoutOf(imported);
  const known = existing === undefined ? [] : notesOf(existing);
  const knownPlaces = existing === undefined ? new Map() : placesIn(existing, new Map());
  const places = placesIn(exported, names);
  if (exported.Metadata?.Annotations === undefined) return known.map((note) => moved(note, knownPlaces, layout));
  return notesOf(exported).map((note) => {
    const { actionId } = note;
    const renamed = typeof actionId === 'string' ? { ...note, actionId: names.get(actionId) ?? actionId } : note;
    const same = known.findIndex((other) => other.content === note.content && other.actionId === renamed.actionId);
    const [before] = same === -1 ? [] : known.splice(same, 1);
    return before ? moved(before, knownPlaces, layout) : moved(renamed, places, layout);
  });
}

/** Positions of the blocks of a file, by their names in the repository. */
function placesIn({ Metadata }: FlowDocument, names: ReadonlyMap<string, string>): Map<string, Position> {
  const blocks = isObject(Metadata?.ActionMetadata) ? Object.entries(Metadata.ActionMetadata) : [];
  return new Map(
    blocks.flatMap(([block, noted]): [string, Position][] =>
      isObject(noted) && isPosition(noted.position) ? [[names.get(block) ?? block, noted.position]] : [],
    ),
  );
}

/** A note next to the block it was next to: its own, otherwise the nearest. */
function moved(note: Note, from: ReadonlyMap<string, Position>, to: ReadonlyMap<string, Position>): Note {
  const { position, actionId } = note;
  if (!isPosition(position)) return note;
  const own = from.has(String(actionId)) ? String(actionId) : undefined;
  const block = own ?? nearest(position, from);
  const [was, is] = block === undefined ? [] : [from.get(block), to.get(block)];
  if (!was || !is) return note;
  return { ...note, position: { x: Math.round(is.x + position.x - was.x), y: Math.round(is.y + position.y - was.y) } };
}

function nearest({ x, y }: Position, places: ReadonlyMap<string, Position>): string | undefined {
  const distances = [...places].map(([block, place]) => ({ block, distance: Math.hypot(place.x - x, place.y - y) }));
  return distances.toSorted((a, b) => a.distance - b.distance)[0]?.block;
}

const isPosition = (value: unknown): value is Position =>
  isObject(value) && Number.isFinite(value.x) && Number.isFinite(value.y);
