import { describe, expect, it } from 'vitest';
import { localContactFlows } from '../local-contact-flows.ts';
import { modelNumber } from '../model-number.ts';
import { readService } from '../service.ts';
import { call, contactOf, happened, heard, instance, pass, stopTime } from './connect-model-support.ts';
import { ATTRIBUTES } from './connect-support.ts';

stopTime();

const service = readService('local', 4545);
const { instanceId: InstanceId, queues } = service.stage.file.connect;
const sourcePhoneNumber = modelNumber(service.stage.file.connect);
const { byId, entryFlow } = localContactFlows(service, '123456789012');
const QUEUE = queues.visitors ?? '';

/**
 * The flows of this repository, in which a customer waits for the agent 佐藤, who talks to another one.
 *
 * @param misses how often 佐藤 does not take the call of either, the last one first
 */
async function waiting(misses: number[]) {
  const { model } = instance({
    instanceId: InstanceId,
    sourcePhoneNumbers: [sourcePhoneNumber],
    queues: [{ id: QUEUE, name: 'visitors' }],
    flows: byId,
    talkSeconds: 100_000,
    missedBy: () => misses.pop() ?? 0,
  });
  const agent = model.addAgent({ name: '佐藤', queues: [QUEUE] });
  const request = {
    InstanceId,
    SourcePhoneNumber: sourcePhoneNumber,
    ContactFlowId: entryFlow.split('/').at(-1) ?? '',
    Attributes: { ...ATTRIBUTES, queue_arn: QUEUE },
  };
  const talking = call(model, request);
  await pass(60);
  expect(contactOf(model, talking).state).toBe('with-agent');
  const id = call(model, { ...request, DestinationPhoneNumber: '+819023456789' });
  await pass(60);
  const contact = () => contactOf(model, id);
  expect(contact().state).toBe('in-queue');
  return { model, agent, talking, contact };
}

describe('the queue flow of this repository', () => {
  it('says no goodbye while the phone of the only agent rings', async () => {
    // Prepare: ten seconds before the flow looks who is at work.
    const { model, talking, contact } = await waiting([1, 0]);
    const since = contact().transcript.find(({ text }) => text.startsWith('ただいまオペレーター'))?.at ?? '';
    await pass(290 - (Date.now() - Date.parse(since)) / 1_000);

    // Act
    model.hangUp(talking);
    await pass(19);
    const whileItRings = [...happened(contact())];
    await pass(20);

    // Assess
    expect(whileItRings).not.toContain('佐藤 does not take the call.');
    expect(happened(contact())).toContain('佐藤 does not take the call.');
    expect(contact().state).toBe('in-queue');
    expect(heard(contact()).at(-1)).toMatch(/お待ちください。$/);
  });

  it('keeps the customer in line for as long as the agent is at work, and apologises when nobody is', async () => {
    // Prepare
    const { model, agent, talking, contact } = await waiting([0, 0]);

    // Act
    await pass(3_000);
    const before = contact().state;
    model.setAgentStatus(agent.id, 'offline');
    model.hangUp(talking);
    await pass(330);

    // Assess
    expect(before).toBe('in-queue');
    expect(heard(contact()).slice(-3)).toEqual([
      'お待ちいただいておりましたが、あいにく、対応できるオペレーターがおりません。',
      'こちらからお電話を差し上げたにもかかわらず、誠に申し訳ございません。恐れ入りますが、ウェブサイトよりあらためてお申し込みください。',
      '失礼いたします。',
    ]);
    expect(contact().state).toBe('ended');
  });
});
