import { type FlowWorld, type NamedFlow, newContact } from 'connect-flow-kit';
import type { Agent } from './agents.ts';
import { type InstanceNames, idOf } from './arns.ts';
import { isOpenAt, type Queue } from './connect-queues.ts';
import type { Contact } from './contact.ts';
import { queueNow } from './current-metrics.ts';
import type { Phone } from './live-call.ts';

/** What the flows of a contact can find out about its instance. */
interface InstanceView {
  names: InstanceNames;
  region: string;
  /** By id or ARN, like all that follow. */
  flow(idOrArn: string): NamedFlow | undefined;
  queue(idOrArn: string): Queue | undefined;
  /** The queue whose opening hours these are. @param hoursId an id */
  queueWithHours(hoursId: string): Queue | undefined;
  agents(): readonly Agent[];
  /** Contacts in any queue. */
  waiting(): readonly Contact[];
  now(): Date;
  secondsPerCharacter: number;
}

/** The world in which the flows of one contact run; created once, so that what one flow sets, the next one finds. */
export function contactWorld(contact: Contact, phone: Readonly<Phone>, instance: InstanceView): FlowWorld {
  const { names, region } = instance;
  const queue = (idOrArn: string): { name: string; arn: string } | undefined => {
    const found = instance.queue(idOrArn);
    return found && { name: found.name, arn: names.queue(found.id) };
  };
  const requested = contact.queueId === undefined ? undefined : queue(contact.queueId);
  return {
    contact: newContact({
      attributes: contact.attributes,
      system: {
        ContactId: contact.id,
        InitialContactId: contact.initialContactId ?? contact.id,
        ...(contact.previousContactId !== undefined && { PreviousContactId: contact.previousContactId }),
        InstanceARN: names.instance,
        AwsRegion: region,
        Channel: 'VOICE',
        InitiationMethod: contact.initiationMethod,
        'CustomerEndpoint.Address': contact.destination,
        'SystemEndpoint.Address': contact.source,
        ...(requested && { 'Queue.Name': requested.name, 'Queue.ARN': requested.arn }),
      },
      ...(contact.queueId !== undefined && { targetQueue: contact.queueId }),
    }),
    findFlow: instance.flow,
    queue,
    queueHasRoom(idOrArn) {
      const target = instance.queue(idOrArn);
      if (!target?.enabled) return false;
      const inQueue = instance.waiting().filter(({ queueId }) => queueId === target.id);
      return inQueue.length < (target.maxContacts ?? Number.POSITIVE_INFINITY);
    },
    queueNow: (idOrArn) =>
      queueNow(instance.queue(idOrArn)?.id ?? '', {
        agents: instance.agents(),
        waiting: instance.waiting(),
        now: instance.now(),
      }),
    isOpen(of) {
      const found = 'queue' in of ? instance.queue(of.queue) : instance.queueWithHours(idOf(of.hours));
      return found && isOpenAt(found, instance.now());
    },
    press: () => phone.entered || undefined,
    // The local instance has no Lambda functions, no Lex, and no randomness.
    invoke: () => 'error',
    intent: () => undefined,
    drawPercent: () => 1,
    answeredBy: () => (phone.answer === 'voicemail' ? 'voicemail' : 'human'),
    secondsPerCharacter: instance.secondsPerCharacter,
  };
}
