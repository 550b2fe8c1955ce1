import { resolveText } from '../references.ts';
import { type Block, type BlockEnd, type Perform, parameter, resolved } from './block.ts';
import type { QueueNow } from './flow-world.ts';
import { NEXT, noMatchingError } from './way-out.ts';

function compare(block: Block): BlockEnd {
  const { parameters, values, world } = block;
  const name = String(parameters.ComparisonValue);
  const found = resolved(parameters.ComparisonValue, values);
  const value = found?.text ?? '';
  const exists = found !== undefined && found.unresolved.length === 0;
  // The customer's number is nobody else's business.
  const isNumber = value !== '' && value === world.contact.system['CustomerEndpoint.Address'];
  const shown = isNumber ? "the customer's number" : `"${value}"`;
  /** An operand may be a reference; one that resolves to nothing equals nothing. */
  const operand = (written: string): string | undefined => {
    const { text, unresolved } = resolveText(written, values);
    return unresolved.length === 0 ? text : undefined;
  };
  return { kind: 'choose', value, exists, operand, fact: exists ? `${name} is ${shown}` : `${name} is not set` };
}

/** The queue a check is about: the one it names, otherwise the one set before. */
function queueOf(block: Block): string | undefined {
  return parameter(block, 'QueueId') ?? parameter(block, 'AgentId') ?? block.world.contact.targetQueue;
}

function checkHours(block: Block): BlockEnd {
  const hours = parameter(block, 'HoursOfOperationId');
  const queue = block.world.contact.targetQueue;
  if (hours === undefined && queue === undefined) return noMatchingError('no queue was set, and no opening hours');
  const open = block.world.isOpen(hours === undefined ? { queue: queue ?? '' } : { hours });
  if (open === undefined) return noMatchingError('there are no such opening hours');
  return { kind: 'choose', value: open ? 'True' : 'False', fact: open ? 'it is open now' : 'it is closed now' };
}

/** What "Check staffing" and "Check queue status" can ask for; the age of the oldest contact is in milliseconds. */
const METRICS: Readonly<Record<string, { of: (now: QueueNow) => number; fact: (value: number) => string }>> = {
  NumberOfAgentsAvailable: { of: (now) => now.agentsAvailable, fact: (count) => `agents available: ${count}` },
  NumberOfAgentsStaffed: { of: (now) => now.agentsStaffed, fact: (count) => `agents staffed: ${count}` },
  NumberOfAgentsOnline: { of: (now) => now.agentsOnline, fact: (count) => `agents online: ${count}` },
  NumberOfContactsInQueue: { of: (now) => now.contactsWaiting, fact: (count) => `contacts in the queue: ${count}` },
  OldestContactInQueueAgeSeconds: {
    of: (now) => now.oldestContactSeconds * 1_000,
    fact: (age) => `the oldest contact waits for ${age} ms`,
  },
};

function checkMetric(block: Block): BlockEnd {
  const type = String(block.parameters.MetricType);
  const metric = Object.hasOwn(METRICS, type) ? METRICS[type] : undefined;
  if (metric === undefined) return noMatchingError(`there is no metric ${type}`);
  const queue = queueOf(block);
  if (queue === undefined) return noMatchingError('no queue was set');
  if (block.world.queue(queue) === undefined) return noMatchingError(`there is no queue "${queue}"`);
  const value = metric.of(block.world.queueNow(queue));
  return { kind: 'choose', value: String(value), fact: metric.fact(value) };
}

function getMetrics(block: Block): BlockEnd {
  const { contact } = block.world;
  const queue = queueOf(block);
  const found = queue === undefined ? undefined : block.world.queue(queue);
  if (queue === undefined || found === undefined) return noMatchingError(`there is no queue "${queue ?? ''}"`);
  const now = block.world.queueNow(queue);
  if (now.agentsOnline === 0 && now.contactsWaiting === 0) return noMatchingError('nothing happens in the queue');
  const count = (Count: number) => ({ Count });
  contact.objects = {
    ...contact.objects,
    Metrics: {
      Queue: {
        Name: found.name,
        ARN: found.arn,
        Size: now.contactsWaiting,
        OldestContactAge: now.oldestContactSeconds,
      },
      Agents: {
        Online: count(now.agentsOnline),
        Available: count(now.agentsAvailable),
        Staffed: count(now.agentsStaffed),
      },
    },
  };
  return NEXT;
}

function distribute({ world }: Block): BlockEnd {
  const percent = world.drawPercent();
  return { kind: 'choose', value: String(percent), fact: `${percent} of 100 was drawn` };
}

function callProgress({ world }: Block): BlockEnd {
  return world.answeredBy() === 'human'
    ? { kind: 'choose', value: 'CallAnswered', fact: 'a person answered' }
    : { kind: 'choose', value: 'VoicemailBeep', fact: 'a voicemail answered' };
}

/** Blocks that check something and decide where the flow continues. */
export const CHECK_BLOCKS: Readonly<Record<string, Perform>> = {
  Compare: compare,
  CheckHoursOfOperation: checkHours,
  CheckMetricData: checkMetric,
  GetMetricData: getMetrics,
  DistributeByPercentage: distribute,
  CheckOutboundCallStatus: callProgress,
};
