import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../../tests/fuzz-runs.ts';
import { graphOf } from '../board/graph-layout.ts';
import { addressOf, queryOf, requestOf, viewOf } from '../board/page/address.ts';
import {
  addChange,
  isTaken,
  kindOf,
  matches,
  NOTHING_YET,
  newsOfHello,
  noNews,
  pathOf,
  withNews,
} from '../board/page/board-state.ts';
import { agentsFree } from '../board/page/board-texts.ts';
import { SAMPLE_WORDS } from '../board/page/code-words.ts';
import { foreignText } from '../board/page/foreign-text.ts';
import { freeAgents } from '../board/page/free-agents.ts';
import { happenedInWords } from '../board/page/happened-words.ts';
import { placesInLine } from '../board/page/places-in-line.ts';
import type { Hello, RequestRow, WorldView } from '../board/protocol.ts';
import { PROJECT, readService } from '../service.ts';

const row = (execution: string, more: Partial<RequestRow> = {}): RequestRow => ({
  execution,
  requestId: `request of ${execution}`,
  startedAt: '2026-11-22T03:00:00.000Z',
  status: 'RUNNING',
  state: 'CheckQueue',
  words: { ja: 'お待ちください。', en: 'Please wait.' },
  ...more,
});

const hello = (...rows: RequestRow[]): Hello =>
  ({ stage: { name: 'local' }, world: { callsAtOnce: 0 }, rows, detail: null }) as unknown as Hello;

describe('what the page knows', () => {
  it('is the hello, newest request first, and after it the newest of each thing', () => {
    // Prepare
    const [first, second] = [row('first'), row('second')];
    const before = withNews(NOTHING_YET, newsOfHello(hello(first, second)));
    const news = noNews();

    // Act
    addChange(news, { rows: [row('third'), row('second', { state: 'WaitForAgent' })] });
    addChange(news, { rows: [row('second', { state: 'StartCall' }), row('fourth')] });
    const after = withNews(before, news);

    // Assess
    expect(before.connection).toBe('live');
    expect(after.rows.map(({ execution, state }) => [execution, state])).toEqual([
      ['fourth', 'CheckQueue'],
      ['third', 'CheckQueue'],
      ['second', 'StartCall'],
      ['first', 'CheckQueue'],
    ]);
    expect(after.rows.at(-1)).toBe(first);
  });

  it('is all new after a connection that was lost', () => {
    // Prepare
    const before = { ...withNews(NOTHING_YET, newsOfHello(hello(row('old')))), connection: 'lost' as const };

    // Act
    const after = withNews(before, newsOfHello(hello(row('new'))));

    // Assess
    expect(after.connection).toBe('live');
    expect(after.rows.map(({ execution }) => execution)).toEqual(['new']);
  });

  it('keeps the newest 1,000 requests, as many as a hello has', () => {
    // Prepare
    const news = noNews();

    // Act
    addChange(news, { rows: Array.from({ length: 1_200 }, (_, index) => row(`${index}`)) });
    const { rows } = withNews(withNews(NOTHING_YET, newsOfHello(hello(row('before')))), news);

    // Assess
    expect(rows).toHaveLength(1_000);
    expect(rows[0]?.execution).toBe('1199');
  });

  it('finds what is looked at in the address, and puts nothing there that is so at first', () => {
    // Prepare
    const view = { tab: 'log', kind: 'refused', search: '問い合わせ & 4829', page: 3 } as const;

    // Act, Assess
    expect(viewOf(queryOf(view))).toEqual(view);
    expect(queryOf(viewOf(''))).toBe('');
    expect(queryOf(viewOf('?tab=nowhere&result=maybe&page=-1'))).toBe('');
  });

  it('takes an execution that ended without an outcome for failed', () => {
    expect(kindOf({ status: 'TIMED_OUT' })).toBe('failed');
    expect(kindOf({ status: 'SUCCEEDED', class: 'refused' })).toBe('refused');
    expect(kindOf({ status: 'RUNNING' })).toBe('running');
  });
});

describe('the way of a request through the graph', () => {
  const graph = graphOf(readService('local', 0).stateMachine.definition);
  const takenOf = (...visits: { name: string; caught?: true }[]) =>
    graph.transitions
      .filter((transition) => isTaken(transition, graph, pathOf(visits).ways))
      .map(({ from, to, kind }) => `${from} ${kind} ${to}`);

  it('tells the way of an error from another between the same two states', () => {
    expect(takenOf({ name: 'StartCall' }, { name: 'RecordOutcome' })).toEqual(['StartCall next RecordOutcome']);
    expect(takenOf({ name: 'StartCall', caught: true }, { name: 'RecordOutcome' })).toEqual([
      'StartCall catch RecordOutcome',
    ]);
  });

  it('knows a way that only errors take without being told of the error', () => {
    expect(takenOf({ name: 'StartCall' }, { name: 'TakeLaterTurn' })).toEqual(['StartCall catch TakeLaterTurn']);
  });

  it('numbers a state once for each visit', () => {
    // Act
    const { places } = pathOf(['WaitForTurn', 'StartCall', 'TakeLaterTurn', 'HasLaterTurn', 'WaitForTurn'].map(named));

    // Assess
    expect(places.get('WaitForTurn')).toEqual([1, 5]);
  });

  const named = (name: string) => ({ name });
});

describe('the search of the log', () => {
  const one = row('a', { trackId: '48291537', inquiryType: 'KARTE Datahubについて', outcome: 'number_refused' });

  it.each(['', '4829-1537', '４８２９', 'datahub', 'NUMBER_REFUSED', 'please', 'checkqueue'])(
    'finds by “%s”',
    (text) => {
      expect(matches(one, text)).toBe(true);
    },
  );

  it('finds nothing by what is not there', () => {
    expect(matches(one, 'call_placed')).toBe(false);
  });
});

describe('the address of a request', () => {
  it('leads back to the request, whatever its name is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (id) => {
        expect(requestOf(addressOf(id))).toBe(id);
        expect(addressOf(id).split('/')).toHaveLength(3);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it.each([
    ['/', undefined],
    ['/requests/', undefined],
    ['/requests/%', '%'],
  ])('%s names %s', (address, request) => {
    expect(requestOf(address)).toBe(request);
  });
});

describe('words', () => {
  it('has every note of the local phone network in Japanese', () => {
    // Prepare
    const files = ['call-life', 'missed-offers', 'phone-reactions', 'steps-in-words'];
    const source = files
      .map((file) => readFileSync(join(PROJECT, `packages/sandbox/connect/${file}.ts`), 'utf8'))
      .join('\n');
    const code = source.replaceAll(/^ *(?:\/\*\*|\*|\/\/).*$/gm, '');
    const sentences = /'([^'\n]+\.)'|"([^"\n]+\.)"|`([^`\n]+\.)`/g;
    const notes = [...code.matchAll(sentences)].map((found) =>
      (found.slice(1).find((text) => text !== undefined) ?? '').replaceAll(/\$\{[^}]+\}/g, '1'),
    );

    // Act
    const untranslated = notes.filter((note) => happenedInWords(note).ja === note);

    // Assess
    expect(notes.length).toBeGreaterThan(15);
    expect(untranslated).toEqual([]);
  });

  it('shows a note that nobody has translated as it is', () => {
    expect(happenedInWords('Something new.')).toEqual({ ja: 'Something new.', en: 'Something new.' });
  });

  it.each(Object.keys(SAMPLE_WORDS))('offers %s, which is a sample event', (name) => {
    expect(existsSync(join(PROJECT, 'events', `${name}.json`))).toBe(true);
  });
});

describe('agents who are free', () => {
  const agent = (name: string, more: { status?: 'break'; contactId?: string } = {}) => ({
    ...{ id: name, name, status: 'available' as const },
    ...more,
  });
  const agents = [
    agent('a'),
    agent('b'),
    agent('c'),
    agent('d', { contactId: 'contact' }),
    agent('e', { status: 'break' }),
  ];
  const calls = { ringing: 0, talking: 1, other: 0 };

  it.each([
    ['nobody is called', calls, { WaitForAgent: 30 }, '3 / 5'],
    [
      'a phone rings and another caller hears the greeting',
      { ...calls, ringing: 1, other: 1 },
      {},
      '3 / 5 (2 reserved)',
    ],
    ['calls are about to go out', calls, { WaitForTurn: 1, StartCall: 1, TakeLaterTurn: 1 }, '3 / 5 (3 reserved)'],
    ['more phones ring than there are free agents', { ...calls, ringing: 9 }, {}, '3 / 5 (3 reserved)'],
  ] as const)('are %s', (_name, callsNow, running, words) => {
    expect(agentsFree(freeAgents({ agents, calls: callsNow, running })).en).toBe(words);
  });
});

describe('a text from outside', () => {
  it('shows what would turn it around by its code, and as much as there is room for', () => {
    expect(foreignText('stop\u202e gnp\u2069\u0007', 120)).toEqual({ shown: 'stop\\u202e gnp\\u2069\\u0007' });
    expect(foreignText(`\u202e${'長'.repeat(300)}`, 120)).toEqual({
      shown: `\\u202e${'長'.repeat(119)}…`,
      whole: `\\u202e${'長'.repeat(300)}`,
    });
  });
});

describe('a place in line', () => {
  const queue = (id: string, requestsWaiting: number) => ({ id, requestsWaiting }) as WorldView['queues'][number];
  const waiting = (execution: string, queueId: string, place: string) => row(execution, { line: { queueId, place } });

  it('is counted in each queue by itself, and from those who are no longer in the log', () => {
    const rows = [
      waiting('late', 'a', '3#x'),
      row('called'),
      waiting('other', 'b', '1#x'),
      waiting('early', 'a', '2#x'),
    ];
    const places = placesInLine(rows, [queue('a', 5), queue('b', 1)]);
    expect(Object.fromEntries(places)).toEqual({
      early: { place: 4, of: 5 },
      late: { place: 5, of: 5 },
      other: { place: 1, of: 1 },
    });
  });

  it('is one at least, where the row is heard of before the count', () => {
    expect(placesInLine([waiting('first', 'a', '1#x')], [queue('a', 0)]).get('first')).toEqual({ place: 1, of: 1 });
  });
});
