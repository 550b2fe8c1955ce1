import { describe, expect, it } from 'vitest';
import { block, next, say } from '../src/lint/example.ts';
import { failTo, lintBlocks, named, typed } from './lint-support.ts';

/** Findings that are true of a great many blocks, or of flows in which nobody suffers from them. */

const setQueue = (id: string, onError: string) =>
  block(id, 'UpdateContactTargetQueue', { QueueId: '${Queue}' }, next('Apologise', failTo(onError)));
const silent = setQueue('Choose', 'Hang up');
const rulesOf = (...input: Parameters<typeof lintBlocks>) => lintBlocks(...input).map(({ rule }) => rule);

describe('what is true of many blocks is said once', () => {
  const invoke = (id: string, then: string) =>
    block(id, 'InvokeFlowModule', { FlowModuleId: '${Module}' }, next(then, failTo('Apologise')));
  const unconnected = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      block(`Note ${index}`, 'UpdateContactAttributes', { Attributes: { a: 'b' } }, next('', failTo('Apologise'))),
    );
  const view = (ViewData: object) =>
    block(
      'Show',
      'ShowView',
      { ViewResource: { Id: 'form' }, InvocationTimeLimitSeconds: '400', ViewData },
      next('Apologise', failTo('Apologise', 'NoMatchingCondition', 'NoMatchingError', 'TimeLimitExceeded')),
    );

  it('a branch that the designer writes today', () => {
    expect(lintBlocks([invoke('A', 'B'), invoke('B', 'Apologise')])).toMatchObject([
      {
        rule: 'expected-error-branch',
        block: 'A',
        message: 'it has no branch for NoMatchingCondition (blocks that lack theirs: 2)',
      },
    ]);
  });

  it('a draft of the designer, whose blocks are not connected yet', () => {
    const found = lintBlocks(unconnected(6)).filter(({ rule }) => rule === 'dangling-transition');
    expect(found).toMatchObject([{ severity: 'error', block: 'Note 0' }]);
    expect(found[0]?.message).toContain('so do 5 more blocks');
  });

  it('and of a few blocks of each', () => {
    expect(rulesOf(unconnected(5)).filter((rule) => rule === 'dangling-transition')).toHaveLength(5);
  });

  it('empty texts in what a view shows', () => {
    expect(lintBlocks([view({ a: '', b: 'B', c: [{ d: '' }] })])).toMatchObject([
      { rule: 'doubtful-parameter', message: 'ViewData.a is empty, and so are 1 more texts' },
    ]);
  });
});

describe('hanging up without a word troubles nobody', () => {
  const wait = block(
    'Wait',
    'Wait',
    { TimeLimitSeconds: '900', Events: ['CustomerReturned'] },
    next('Apologise', failTo('Apologise'), { WaitCompleted: 'Apologise', CustomerReturned: 'Choose' }),
  );
  const isChat = block(
    'Is it a chat',
    'Compare',
    { ComparisonValue: '$.Channel' },
    next('Choose', failTo('Choose', 'NoMatchingCondition'), { CHAT: 'Wait' }),
  );
  const called = (name: string) => ({ Metadata: { name, type: 'contactFlow' } });

  it.each<[string, object[], object]>([
    ['who left a chat', [wait, silent], {}],
    ['who wrote an e-mail', [silent], called('Intent Routing Email Flow')],
    ['who sent a task', [silent], called('Task handler')],
    ['but reads an e-mail', [say('Greet', 'About $.Email.Subject', 'Choose'), silent], {}],
  ])('%s', (_, blocks, document) => {
    expect(rulesOf(blocks, { ...document })).not.toContain('silent-hang-up');
  });

  it.each<[string, object[], object]>([
    ['a caller', [silent], called('Main')],
    ['a caller who left a voicemail, which becomes a task', [silent], called('Voicemail task')],
    ['a caller in a flow for chats, too', [isChat, wait, silent], {}],
  ])('and does trouble %s', (_, blocks, document) => {
    expect(rulesOf(blocks, { ...document })).toContain('silent-hang-up');
  });
});

describe('a circle without a word', () => {
  const thrice = (LoopCount: string) =>
    block(
      'Thrice',
      'Loop',
      { LoopCount },
      {
        ...next('Note', failTo('Note'), { ContinueLooping: 'Note', DoneLooping: 'Apologise' }),
      },
    );
  const note = block('Note', 'UpdateContactAttributes', { Attributes: { a: 'b' } }, next('Thrice', failTo('Thrice')));

  it('is none where the way back is the error of a count that cannot fail', () => {
    expect(named(lintBlocks([note, thrice('3')]))).not.toContain('silent-circle: Note');
    expect(named(lintBlocks([note, thrice('$.Attributes.rounds')]))).toContain('silent-circle: Note');
  });
});

describe('an attribute that nothing sets', () => {
  it('is the input of a module, whatever else the flows around it set', () => {
    const greet = [say('Greet', 'Hello $.Attributes.name.', 'Hang up')];
    const known = { attributes: ['shop'] };
    expect(rulesOf(greet, typed('contactFlow'), known)).toContain('unset-attribute');
    expect(rulesOf(greet, { Settings: {} }, { ...known, type: 'MODULE' })).not.toContain('unset-attribute');
  });
});
