import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkTokens, readContactFlows } from '../src/files/contact-flow-files.ts';

/** The shortest flow there is, with this metadata. */
const hangUpFlow = (Metadata: Record<string, string>) => ({
  Version: '2019-10-30',
  StartAction: 'Hang up',
  Metadata,
  Actions: [{ Identifier: 'Hang up', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} }],
});

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'flows-'));
  mkdirSync(join(root, 'contact-flows'));
});
afterEach(() => rmSync(root, { recursive: true }));

const AT = { setting: 'flowValues', file: 'settings/dev.yml' };

const write = (name: string, content: unknown) =>
  writeFileSync(join(root, 'contact-flows', name), typeof content === 'string' ? content : JSON.stringify(content));

describe('the contact flows of a folder', () => {
  it('know their token, their type and the tokens they use', () => {
    write('call-me.json', hangUpFlow({ type: 'contactFlow', description: '${A}, ${B} and ${A}' }));
    write('call-me-queue.json', hangUpFlow({ type: 'CUSTOMER_QUEUE' }));
    write('notes.txt', 'not a flow');
    expect(readContactFlows(root)).toMatchObject([
      { name: 'call-me-queue', token: 'CallMeQueueContactFlow', type: 'CUSTOMER_QUEUE', tokensUsed: [] },
      { name: 'call-me', token: 'CallMeContactFlow', type: 'CONTACT_FLOW', tokensUsed: ['A', 'B'] },
    ]);
  });

  it('may begin with a byte order mark', () => {
    const flow = JSON.stringify(hangUpFlow({ type: 'contactFlow' }));
    write('a.json', `\uFEFF${flow}`);
    expect(readContactFlows(root)).toMatchObject([{ name: 'a', content: flow }]);
  });

  it.each<[string, unknown, string]>([
    ['text that is not JSON', '{"Version":', 'contact-flows/a.json is not JSON: '],
    ['null', 'null', 'contact-flows/a.json is no flow: expected a JSON object with Version and Actions.'],
    ['a module', { ...hangUpFlow({}), Settings: {} }, 'contact-flows/a.json: Settings make it a flow module, '],
    ['no type', hangUpFlow({}), 'contact-flows/a.json: Metadata.type is missing, expected one of CONTACT_FLOW, '],
    [
      'what Amazon Connect would refuse',
      { ...hangUpFlow({ type: 'contactFlow' }), StartAction: 'Nowhere' },
      'contact-flows/a.json: dangling-start: ',
    ],
    [
      'a block that its type of flow does not take',
      hangUpFlow({ type: 'agentWhisper' }),
      'contact-flows/a.json: block "Hang up" (DisconnectParticipant): not-in-flow-type: ',
    ],
    [
      'what only the flow designer takes',
      {
        ...hangUpFlow({ type: 'contactFlow' }),
        Actions: [
          {
            Identifier: 'Hang up',
            Type: 'UpdateContactEventHooks',
            Parameters: {
              EventHooks: { CustomerQueue: '${AContactFlow}' },
              EventHooksConfiguration: { CustomerQueue: { DisableExecution: 'false' } },
            },
            Transitions: {
              NextAction: 'Hang up',
              Errors: [{ NextAction: 'Hang up', ErrorType: 'NoMatchingError' }],
            },
          },
        ],
      },
      'EventHooksConfiguration is for the flow designer only. Remove',
    ],
    [
      'a type that is none',
      hangUpFlow({ type: 'inbound' }),
      'contact-flows/a.json: Metadata.type is "inbound", expected',
    ],
  ])('are refused with one sentence for %s', (_, content, sentence) => {
    write('a.json', content);
    expect(() => readContactFlows(root)).toThrow(sentence);
  });

  it('may lie anywhere in the project', () => {
    mkdirSync(join(root, 'connect/flows'), { recursive: true });
    writeFileSync(join(root, 'connect/flows/a.json'), JSON.stringify(hangUpFlow({ type: 'contactFlow' })));
    expect(readContactFlows(root, 'connect/flows')).toMatchObject([{ name: 'a', path: 'connect/flows/a.json' }]);
  });

  it('are refused where the stage gives a token no value', () => {
    // Prepare
    write('a.json', hangUpFlow({ type: 'contactFlow', description: '${Known}, ${BContactFlow} and ${toString}' }));
    const flows = readContactFlows(root);
    const check = (texts: Record<string, string>) => () =>
      checkTokens(flows, { texts, references: { BContactFlow: 'arn' } }, AT);
    // Act & Assess
    expect(check({})).toThrow(
      'contact-flows/a.json: ${Known} has no value: add Known to flowValues of settings/dev.yml, or write one of BContactFlow.',
    );
    expect(check({ Known: 'a' })).toThrow('${toString} has no value');
    expect(check({ Known: 'a', toString: 'b' })).not.toThrow();
  });

  it('are refused where they name each other in a circle, which no deployment could create', () => {
    // Prepare
    const naming = (...tokens: string[]) => hangUpFlow({ type: 'contactFlow', description: tokens.join(' ') });
    write('a.json', naming('${BContactFlow}', '${CContactFlow}'));
    write('b.json', naming('${CContactFlow}'));
    write('c.json', naming());
    const values = { texts: {}, references: { AContactFlow: '', BContactFlow: '', CContactFlow: '' } };
    const check = () => checkTokens(readContactFlows(root), values, AT);
    expect(check).not.toThrow();
    // Act
    write('c.json', naming('${BContactFlow}'));
    // Assess
    expect(check).toThrow('contact-flows/b.json names contact-flows/c.json names contact-flows/b.json: CloudFormation');
    write('c.json', naming('${CContactFlow}'));
    expect(check).toThrow('contact-flows/c.json names contact-flows/c.json: CloudFormation cannot create flows in a');
  });
});
