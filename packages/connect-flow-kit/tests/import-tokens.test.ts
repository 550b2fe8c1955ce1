import { describe, expect, it } from 'vitest';
import { importFlow } from '../src/exchange/import-flow.ts';
import { fillTokens } from '../src/files/contact-flow-tokens.ts';
import { flowOf, loop, say } from '../src/flow-builder.ts';

const TEXTS = { Company: 'サンプル窓口', Service: 'サンプル', Notice: '', Music: 'silence' };
const tokens = { texts: TEXTS, tokensOf: () => [] };

/** What an import makes of a prompt that was changed in the designer. */
function imported(before: string, exported: string) {
  const flow = (text: string) => flowOf(say(text, { Identifier: 'Greet' }));
  const { flow: later, lost } = importFlow(flow(exported), flow(before), tokens);
  return { text: later.Actions[0]?.Parameters.Text, lost };
}

const GREETING = '${Company}でございます。お電話を差し上げました。${Notice}';
const CALLER = 'お電話ありがとうございます。${Company}でございます。${Notice}おつなぎします。';

describe('a token of a text that was changed in the designer', () => {
  it.each([
    [
      'at the end, where the last sentence changed',
      GREETING,
      'サンプル窓口でございます。お電話いたしました。',
      '${Company}でございます。お電話いたしました。${Notice}',
    ],
    [
      'at the end, where a sentence was added',
      GREETING,
      'サンプル窓口でございます。お電話を差し上げました。お待ちください。',
      '${Company}でございます。お電話を差し上げました。${Notice}お待ちください。',
    ],
    [
      'behind a sentence that is as it was',
      CALLER,
      'お電話ありがとうございます。サンプル窓口でございます。担当者が承ります。',
      'お電話ありがとうございます。${Company}でございます。${Notice}担当者が承ります。',
    ],
    [
      'before a sentence that is as it was',
      CALLER,
      'こちらはサンプル窓口です。おつなぎします。',
      'こちらは${Company}です。${Notice}おつなぎします。',
    ],
    [
      'in markup',
      '<speak>お電話です。${Notice}</speak>',
      '<speak>お電話いたしました。</speak>',
      '<speak>お電話いたしました。${Notice}</speak>',
    ],
    ['at the beginning', '${Notice}お待ちください。', 'しばらくお待ちください。', '${Notice}しばらくお待ちください。'],
    [
      'beside another one',
      '${Company}です。${Notice}${Service}をどうぞ。',
      'サンプル窓口です。サンプルをお試しください。',
      '${Company}です。${Notice}${Service}をお試しください。',
    ],
    [
      'that was written in the designer',
      GREETING,
      '${Company}です。${Notice}お待ちください。',
      '${Company}です。${Notice}お待ちください。',
    ],
  ])('stays %s', (_, before, exported, after) => {
    expect(imported(before, exported)).toEqual({ text: after, lost: [] });
  });

  it.each([
    [
      'whose sentences are both gone',
      CALLER,
      'サンプル窓口です。担当者が承ります。',
      '${Company}です。担当者が承ります。',
      '${Notice}',
    ],
    [
      'inside a sentence that changed',
      '本日${Notice}お電話です。',
      '本日のお電話です。',
      '本日のお電話です。',
      '${Notice}',
    ],
    [
      'whose value was written otherwise',
      GREETING,
      'サンプル受付でございます。お電話を差し上げました。',
      'サンプル受付でございます。お電話を差し上げました。${Notice}',
      '${Company}',
    ],
  ])('is named %s', (_, before, exported, after, token) => {
    expect(imported(before, exported)).toEqual({
      text: after,
      lost: [`block "Greet" has lost ${token}, which was in Text: write it back if it belongs there`],
    });
  });

  it('stands once for each time it stood before, where most around it is as it was', () => {
    const { text } = imported('いつも${Service}をご利用いただき', 'サンプルPlusと、いつもサンプルをご利用いただき');
    expect(text).toBe('サンプルPlusと、いつも${Service}をご利用いただき');
  });
});

describe('a value of a token', () => {
  it('stays what it is in a text that had no token, and in a new block', () => {
    // Prepare
    const before = flowOf(
      say(GREETING, { Identifier: 'Greet' }),
      say('ありがとうございます。', { Identifier: 'Thank' }),
    );
    const exported = flowOf(
      say('サンプル窓口でございます。お電話を差し上げました。', { Identifier: 'Greet' }),
      say('サンプルPlusまたはサンプルMini、ありがとうございます。', { Identifier: 'Thank' }),
      say('サンプル窓口のサンプルです。', { Identifier: 'News' }),
    );
    // Act
    const { flow, lost } = importFlow(exported, before, tokens);
    // Assess
    expect(flow.Actions.flatMap(({ Parameters }) => Parameters.Text ?? [])).toEqual([
      GREETING,
      'サンプルPlusまたはサンプルMini、ありがとうございます。',
      'サンプル窓口のサンプルです。',
    ]);
    expect(lost).toEqual([]);
  });
});

describe('prompts that are played over and over', () => {
  const MESSAGES = [
    { Text: '${Company}です。${Notice}' },
    { PromptId: '${Music}' },
    { Text: 'お待ちください。' },
    { PromptId: '${Music}' },
  ];
  const repeated = (messages: object[]) => flowOf({ ...loop(messages as { Text: string }[]), Identifier: 'Wait' });
  const exported = JSON.parse(fillTokens(JSON.stringify(repeated(MESSAGES)), TEXTS));
  const messagesOf = (change: (messages: unknown[]) => void) => {
    const changed = structuredClone(exported);
    change(changed.Actions[0].Parameters.Messages);
    const { flow, lost } = importFlow(changed, repeated(MESSAGES), tokens);
    return { messages: flow.Actions[0]?.Parameters.Messages, lost };
  };

  it('keep their tokens where one was moved', () => {
    expect(messagesOf((messages) => messages.unshift(...messages.splice(2, 1)))).toEqual({
      messages: [MESSAGES[2], MESSAGES[0], MESSAGES[1], MESSAGES[3]],
      lost: [],
    });
  });

  it('name a recording that is played no longer', () => {
    const shorter = { SSML: '<speak><break time="8s"/></speak>' };
    expect(messagesOf((messages) => messages.splice(1, 1, shorter))).toEqual({
      messages: [MESSAGES[0], shorter, MESSAGES[2], MESSAGES[3]],
      lost: ['block "Wait" has lost ${Music}, which was in Messages[1].PromptId: write it back if it belongs there'],
    });
  });
});
