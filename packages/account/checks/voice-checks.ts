import { DescribeVoicesCommand } from '@aws-sdk/client-polly';
import type { Check } from '../check.ts';

/** @see https://docs.aws.amazon.com/polly/latest/dg/available-voices.html */
const JAPANESE: Readonly<Record<string, readonly string[]>> = {
  Mizuki: ['standard'],
  Takumi: ['neural', 'standard'],
  Kazuha: ['neural'],
  Tomoko: ['neural'],
};

/** The voices of the flows in the stage's region. */
export const VOICE_CHECKS: readonly Check[] = [
  {
    id: 'japanese-voices',
    title: 'The Japanese voices have the engines that the linter knows',
    permissions: ['polly:DescribeVoices'],
    async ask({ polly }) {
      const { Voices = [] } = await polly.send(new DescribeVoicesCommand({ LanguageCode: 'ja-JP' }));
      const engines = Voices.map(
        ({ Id, SupportedEngines = [] }) => [Id, SupportedEngines.toSorted().join(' ')] as const,
      );
      const seen = engines.map(([name, list]) => `${name}: ${list}`).join(', ');
      const found = new Map<string | undefined, string>(engines);
      const isAsAssumed =
        Voices.length === Object.keys(JAPANESE).length &&
        Object.entries(JAPANESE).every(([name, list]) => found.get(name) === list.join(' '));
      return isAsAssumed
        ? { state: 'fine', seen }
        : {
            state: 'problem',
            seen: seen || 'there is none in this region',
            nextStep: 'Report this: packages/connect-flow-kit/src/voices.ts has a different list.',
          };
    },
  },
];
