import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fillTokens, readContactFlows } from '../../resources/contact-flow-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flows-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (name: string, content: unknown) =>
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));

describe('the contact flows of a folder', () => {
  it('know their token, their type and the flows they name', () => {
    write('call-me.json', {
      Metadata: { type: 'contactFlow', description: 'd' },
      Actions: ['${CallMeQueueContactFlow}'],
    });
    write('call-me-queue.json', { Metadata: { type: 'customerQueue' } });
    expect(readContactFlows(folder)).toMatchObject([
      { name: 'call-me-queue', token: 'CallMeQueueContactFlow', type: 'CUSTOMER_QUEUE', tokensUsed: [] },
      { name: 'call-me', token: 'CallMeContactFlow', type: 'CONTACT_FLOW', tokensUsed: ['CallMeQueueContactFlow'] },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['text that is not JSON', '{"Version":', 'contact-flows/a.json is not JSON: '],
    [
      'no type',
      { Metadata: {} },
      'contact-flows/a.json: Metadata.type is missing, expected contactFlow or customerQueue.',
    ],
    ['a type that is none', { Metadata: { type: 'CONTACT_FLOW' } }, 'Metadata.type is "CONTACT_FLOW", expected'],
    ['null', 'null', 'Metadata.type is missing'],
    [
      'the name of a flow that is not there',
      { Metadata: { type: 'contactFlow' }, hook: '${NoSuchContactFlow}' },
      'contact-flows/a.json: ${NoSuchContactFlow} names no flow, expected one of AContactFlow.',
    ],
  ])('are refused with one sentence for %s', (_, content, sentence) => {
    write('a.json', content);
    expect(() => readContactFlows(folder)).toThrow(sentence);
  });

  it('have their tokens replaced wherever they stand', () => {
    expect(fillTokens('"${A}" and "${B}" and "$.Attributes.x"', (token) => token.toLowerCase())).toBe(
      '"a" and "b" and "$.Attributes.x"',
    );
  });
});
