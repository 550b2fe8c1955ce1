import { describe, expect, it } from 'vitest';
import type { ContactFlowFile } from '../src/files/contact-flow-files.ts';
import { fillTokens, flowToken, tokensIn, tokenValues } from '../src/files/contact-flow-tokens.ts';

const flow = (name: string): ContactFlowFile => ({
  name,
  path: `contact-flows/${name}.json`,
  token: flowToken(name),
  type: 'CONTACT_FLOW',
  description: '',
  content: '',
  tokensUsed: [],
});

describe('the tokens of a stage', () => {
  it('are its flows, its queues, the default one, the values of its own choice, and the functions that it has', () => {
    // Prepare
    const settings = {
      queues: { 'vip-members': 'id-1', support: 'id-2' },
      defaultQueue: 'support',
      flowValues: { CompanyName: '窓口' },
      functions: { LookUpFunction: 'look-up', OtherFunction: null },
    };
    // Act
    const values = tokenValues([flow('call-me'), flow('call-me-queue')], settings, {
      flow: ({ name }) => `flow ${name}`,
      queue: (id) => `queue ${id}`,
      function: (name) => `function ${name}`,
    });
    // Assess
    expect(values).toEqual({
      texts: { CompanyName: '窓口' },
      references: {
        CallMeContactFlow: 'flow call-me',
        CallMeQueueContactFlow: 'flow call-me-queue',
        VipMembersQueue: 'queue id-1',
        SupportQueue: 'queue id-2',
        DefaultQueue: 'queue id-2',
        LookUpFunction: 'function look-up',
      },
    });
  });
});

describe('tokens in a flow', () => {
  it('are found once each, and references of the flow language are none', () => {
    expect(tokensIn('"${A}${B}" "${A}" "$.Attributes.x" "$" "{C}"')).toEqual(['A', 'B']);
  });

  it('are replaced wherever they stand, and stay where there is no value', () => {
    expect(fillTokens('"${A} and ${B}, ${A}, ${toString}"', { A: 'a' })).toBe('"a and ${B}, a, ${toString}"');
  });

  it('cannot break out of the string they are in', () => {
    const text = 'a "quoted" \\ text\n$& $1';
    expect(JSON.parse(fillTokens('{"Text":"${A}"}', { A: text }))).toEqual({ Text: text });
  });

  it('make half a minute of silence of a recording that the stage has not, and of nothing else', () => {
    const flow = JSON.stringify({ Messages: [{ PromptId: '${HoldMusic}' }, { Text: '${HoldMusic}' }] });
    expect(JSON.parse(fillTokens(flow, { HoldMusic: 'silence' }))).toEqual({
      Messages: [
        { SSML: '<speak><break time="10s"/><break time="10s"/><break time="10s"/></speak>' },
        { Text: 'silence' },
      ],
    });
    expect(JSON.parse(fillTokens(flow, { HoldMusic: 'prompt-1' })).Messages[0]).toEqual({ PromptId: 'prompt-1' });
  });
});
