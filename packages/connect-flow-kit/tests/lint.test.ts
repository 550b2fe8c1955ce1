import { describe, expect, it } from 'vitest';
import { block, next, say } from '../src/lint/example.ts';
import { lintSentences } from '../src/lint/lint.ts';
import { lintBlocks, named } from './lint-support.ts';

describe('findings', () => {
  it('come in the order of the file, those about the whole flow first', () => {
    const blocks = [
      say('Welcome', 'Good morning.', 'Nowhere'),
      block('Old', 'PlayPrompt', {}, next('Hang up')),
      say('News', '', 'Hang up'),
    ];
    expect(named(lintBlocks(blocks, { StartAction: 'Start', Metadata: 7 }))).toEqual([
      'malformed-document',
      'dangling-start',
      'dangling-transition: Welcome',
      'no-such-type: Old',
      'empty-text: News',
    ]);
  });

  it('read as sentences that say where, what, and what to do', () => {
    const findings = lintBlocks(
      [
        block(
          'Check user type',
          'Compare',
          { ComparisonValue: '$.Channel' },
          next('Apologise', {}, { CHAT: 'Apologise' }),
        ),
      ],
      { Metadata: 7 },
    );
    expect(lintSentences('contact-flows/call-me.json', findings)).toEqual([
      'contact-flows/call-me.json: malformed-document: Metadata: found 7, expected an object. Correct Metadata.',
      'contact-flows/call-me.json: block "Check user type" (Compare): missing-error-branch: it has no branch for ' +
        'NoMatchingCondition. Add {"NextAction": "…", "ErrorType": "NoMatchingCondition"} to Transitions.Errors.',
    ]);
  });

  it('are none for an empty list of blocks but that the start is missing', () => {
    expect(named(lintBlocks([], { StartAction: 'Welcome' }))).toEqual(['dangling-start']);
  });

  it('are found in a flow of ten thousand blocks, each of which leads to all ways out', () => {
    const blocks = Array.from({ length: 10_000 }, (_, index) =>
      say(`Prompt ${index}`, 'Good morning.', index < 9_999 ? `Prompt ${index + 1}` : 'Hang up'),
    );
    expect(named(lintBlocks(blocks))).toEqual(['too-many-blocks', 'too-long-content']);
  });
});
