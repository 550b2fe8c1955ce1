import { describe, expect, it } from 'vitest';
import { type FlowDocument, readFlow } from '../src/document.ts';
import { importFlow } from '../src/exchange/import-flow.ts';
import { layoutOf } from '../src/exchange/layout.ts';
import { flowText } from '../src/exchange/normalise.ts';
import { notesOf } from '../src/exchange/notes.ts';
import { END, flowOf, say } from '../src/flow-builder.ts';

const tokens = { texts: {}, tokensOf: () => [] };
const uuid = (number: number): string => `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`;

/** A note as the designer writes it. */
const note = (content: string, actionId: string, position: { x: number; y: number }, isFolded = false) => ({
  type: 'default',
  id: uuid(content.length),
  content,
  actionId,
  isFolded,
  position,
  size: { height: 295, width: 300 },
});

const BLOCKS = flowOf(
  say('サンプル窓口です。', { Identifier: 'Greet' }),
  say('本日は営業しております。', { Identifier: 'News' }),
  { ...END, Identifier: 'End' },
);

/** The blocks under the designer's names, 1,000 pixels below where the repository has them. */
function exported(Metadata: Record<string, unknown>): FlowDocument {
  const names = new Map(BLOCKS.Actions.map(({ Identifier }, index) => [Identifier, uuid(index + 1)]));
  const text = JSON.stringify({ ...BLOCKS, Metadata: undefined }, (key, value) =>
    ['Identifier', 'NextAction', 'StartAction'].includes(key) ? (names.get(value) ?? value) : value,
  );
  const places = [...layoutOf(BLOCKS)].map(([block, { x, y }]) => [
    names.get(block),
    { position: { x: x + 0.4, y: y + 1000 } },
  ]);
  return { ...readFlow(text).flow, Metadata: { ActionMetadata: Object.fromEntries(places), ...Metadata } };
}

const placeOf = (block: string) => layoutOf(BLOCKS).get(block) ?? { x: Number.NaN, y: Number.NaN };
const beside = (block: string, y = 100) => ({ x: placeOf(block).x + 20, y: placeOf(block).y + y });

const withNotes = (...Annotations: unknown[]): FlowDocument =>
  readFlow(flowText({ ...BLOCKS, Metadata: { Annotations } })).flow;

const importNotes = (flow: FlowDocument, existing?: FlowDocument) => notesOf(importFlow(flow, existing, tokens).flow);

describe('notes of the flow designer', () => {
  it('stay beside their blocks, under the names that these have in the repository', () => {
    const Annotations = [note('Asked for by the law.', uuid(2), beside('News', 1100))];
    expect(importNotes(exported({ Annotations }), BLOCKS)).toEqual([
      note('Asked for by the law.', 'News', beside('News')),
    ]);
  });

  it('stay with their blocks, be another one nearer', () => {
    const Annotations = [note('Asked for by the law.', uuid(1), beside('End', 1100))];
    expect(importNotes(exported({ Annotations }), BLOCKS)).toEqual([
      note('Asked for by the law.', 'Greet', beside('End')),
    ]);
    const moved = exported({ Annotations });
    const places = moved.Metadata?.ActionMetadata as Record<string, { position: { x: number; y: number } }>;
    places[uuid(3)] = { position: beside('End', 1100) };
    expect(importNotes(moved, BLOCKS)).toEqual([note('Asked for by the law.', 'Greet', beside('End'))]);
  });

  it('of no block stay beside the one that is nearest', () => {
    const Annotations = [note('To do: music.', '', beside('End', 1100))];
    expect(importNotes(exported({ Annotations }), BLOCKS)).toEqual([note('To do: music.', '', beside('End'))]);
  });

  it('that are known are no change, wherever they were moved and however often they say the same', () => {
    // Prepare
    const before = withNotes(note('Same.', 'News', beside('News')), note('Same.', 'News', beside('News', 200)));
    const Annotations = [note('Same.', uuid(2), { x: 1, y: 2 }, true), note('Same.', uuid(2), { x: 3, y: 4 })];
    // Act, Assess
    expect(importNotes(exported({ Annotations }), before)).toEqual(notesOf(before));
  });

  it('move with their blocks where a new one comes before', () => {
    // Prepare
    const before = withNotes(note('Same.', 'News', beside('News')));
    const longer = flowOf(
      say('録音しております。', { Identifier: uuid(9) }),
      ...BLOCKS.Actions.map((action) => ({ ...action })),
    );
    // Act
    const { flow } = importFlow(
      { ...longer, Metadata: { Annotations: [note('Same.', 'News', { x: 1, y: 2 })] } },
      before,
      tokens,
    );
    // Assess
    const { x, y } = layoutOf(flow).get('News') ?? placeOf('News');
    expect(x).toBeGreaterThan(placeOf('News').x);
    expect(notesOf(flow)).toEqual([note('Same.', 'News', { x: x + 20, y: y + 100 })]);
  });

  it('go where somebody deleted them, and not because an export knows of none', () => {
    const before = withNotes(note('Same.', 'News', beside('News')));
    expect(importNotes(exported({ Annotations: [] }), before)).toEqual([]);
    expect(importNotes(exported({}), before)).toEqual(notesOf(before));
  });

  it('are written, and nothing is where there are none', () => {
    expect(flowText(withNotes(note('Same.', 'News', beside('News'))))).toContain('"content": "Same."');
    expect(flowText(withNotes())).not.toContain('Annotations');
  });

  it('of another form are kept as far as they can be, and what cannot be is told', () => {
    const odd = { content: 'Without a place.' };
    const { flow, leftOut } = importFlow(exported({ Annotations: [odd, 'text'] }), undefined, tokens);
    expect(notesOf(flow)).toEqual([odd]);
    expect(leftOut).toEqual(['notes that do not have the form of notes are left out']);
  });
});

describe('the rest of what the designer notes', () => {
  it('is the description, which may be changed there', () => {
    const before = { ...BLOCKS, Metadata: { description: 'Old.' } };
    const described = (description?: string) =>
      importFlow(exported({ description }), before, tokens).flow.Metadata?.description;
    expect([described('New.'), described(''), described()]).toEqual(['New.', 'Old.', 'Old.']);
  });

  it('is left out without a word where the designer makes it anew', () => {
    const ActionMetadata = { [uuid(1)]: { position: { x: 1, y: 2 }, dynamicParams: [], isFriendlyName: true } };
    const Metadata = { ActionMetadata, snapToGrid: false, hash: {}, status: 'PUBLISHED' };
    expect(importFlow(exported(Metadata), BLOCKS, tokens).leftOut).toEqual([]);
  });

  it('is told of where several blocks were one, or nobody knows what it means', () => {
    const ActionMetadata = {
      [uuid(1)]: { fragments: { SetContactData: uuid(2) }, children: [uuid(2), uuid(99)], colour: 'red' },
      [uuid(2)]: { colour: 'red', children: [] },
    };
    expect(importFlow(exported({ ActionMetadata, folder: 'IVR' }), BLOCKS, tokens).leftOut).toEqual([
      'blocks "Greet" and "News" were one in the designer, and are 2 there from now on',
      '"colour", which the designer noted of blocks, is left out',
      '"folder", which the designer noted of the flow, is left out',
    ]);
  });
});
