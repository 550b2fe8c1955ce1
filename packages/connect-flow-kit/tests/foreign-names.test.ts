import { describe, expect, it } from 'vitest';
import { flowText } from '../src/exchange/normalise.ts';
import { foreignNameSentences } from '../src/files/foreign-names.ts';
import { flowOf, loop, say, setQueue } from '../src/flow-builder.ts';

const FLOWS = [
  {
    path: 'flows/greet.json',
    content: flowText(
      flowOf(
        say('${CompanyName}です。', { Identifier: 'Greet' }),
        say('いつもサンプルをご利用いただきありがとうございます。', { Identifier: 'Thank' }),
        { ...setQueue('サンプル'), Identifier: 'Set queue' },
        { ...loop([{ SSML: '<speak>サンプルです。</speak>' }]), Identifier: 'Wait' },
      ),
    ),
  },
];
const valuesAt = { setting: 'flowValues', file: 'settings/dev.yml' };
const flowValues = { CompanyName: 'サンプル窓口', Unused: 'サンプル' };

describe('names of another company', () => {
  it('are told with the sentence or the value that holds them', () => {
    expect(foreignNameSentences(FLOWS, { foreignNames: ['サンプル'], flowValues, valuesAt })).toEqual([
      'flows/greet.json: block "Thank" says サンプル, which is another company\'s: 「いつもサンプルをご利用いただきありがとうございます。」. Write a token of flowValues in its place.',
      'flows/greet.json: block "Wait" says サンプル, which is another company\'s: 「<speak>サンプルです。</speak>」. Write a token of flowValues in its place.',
      'settings/dev.yml: flowValues.CompanyName is "サンプル窓口", and サンプル is another company\'s: block "Greet" of flows/greet.json says 「サンプル窓口です。」. Write there what customers should hear.',
    ]);
  });

  it('are none where the stage has none', () => {
    expect(foreignNameSentences(FLOWS, { flowValues, valuesAt })).toEqual([]);
  });
});
