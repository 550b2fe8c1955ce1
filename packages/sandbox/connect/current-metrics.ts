import type { QueueNow } from 'connect-flow-kit';
import { type Agent, isFree, isLoggedIn } from './agents.ts';
import { ConnectError } from './connect-errors.ts';
import type { CentreView, QueuedContact } from './lagging-view.ts';

/** A request to GetCurrentMetricData, as far as the model reads it. */
export interface MetricRequest {
  InstanceId: string;
  /** Ids or ARNs. */
  Filters?: { Queues?: string[] | undefined; Channels?: string[] | undefined } | undefined;
  Groupings?: string[] | undefined;
  CurrentMetrics?: { Name?: string | undefined; Unit?: string | undefined }[] | undefined;
}

interface MetricResult {
  Dimensions: { Queue?: { Id: string; Arn: string }; Channel?: string };
  Collections: { Metric: { Name: string; Unit: string }; Value: number }[];
}

type Metric = (now: CentreView, grouped: boolean) => number;

/** At work: free, or with a customer. */
const isStaffed = ({ status, contactId }: Agent): boolean => status === 'available' || contactId !== undefined;

const countAgents =
  (counts: (agent: Agent) => boolean): Metric =>
  ({ agents }) =>
    agents.filter(counts).length;
const onCall = countAgents(({ contactId, afterCallWork }) => contactId !== undefined && !afterCallWork);

/**
 * The metrics that the model has.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/metrics-definitions.html
 */
const METRICS: Readonly<Record<string, { unit: 'COUNT' | 'SECONDS'; value: Metric }>> = {
  AGENTS_ONLINE: { unit: 'COUNT', value: countAgents(() => true) },
  AGENTS_AVAILABLE: { unit: 'COUNT', value: countAgents(isFree) },
  AGENTS_STAFFED: { unit: 'COUNT', value: countAgents(isStaffed) },
  AGENTS_NON_PRODUCTIVE: { unit: 'COUNT', value: countAgents(({ status }) => status === 'break') },
  AGENTS_ON_CALL: { unit: 'COUNT', value: onCall },
  AGENTS_ON_CONTACT: { unit: 'COUNT', value: countAgents(({ contactId }) => contactId !== undefined) },
  AGENTS_AFTER_CONTACT_WORK: { unit: 'COUNT', value: countAgents(({ afterCallWork }) => afterCallWork === true) },
  CONTACTS_IN_QUEUE: { unit: 'COUNT', value: ({ waiting }) => waiting.length },
  OLDEST_CONTACT_AGE: {
    unit: 'SECONDS',
    // Milliseconds without a grouping, seconds with one; the unit says SECONDS either way.
    value: ({ waiting, now }, grouped) => {
      const milliseconds = oldestAge(waiting, now);
      return grouped ? Math.floor(milliseconds / 1_000) : milliseconds;
    },
  },
};

/** Milliseconds for which the longest waiting contact has waited. */
const oldestAge = (waiting: readonly QueuedContact[], now: Date): number =>
  now.getTime() - Math.min(...waiting.map(({ queuedAt = '' }) => Date.parse(queuedAt)), now.getTime());

/** A queue as its own flows see it. @param centre the whole instance */
export function queueNow(queueId: string, { agents, waiting, now: at }: CentreView): QueueNow {
  const loggedIn = agents.filter((agent) => isLoggedIn(agent) && agent.queues.includes(queueId));
  const inQueue = waiting.filter((contact) => contact.queueId === queueId);
  return {
    agentsAvailable: loggedIn.filter(isFree).length,
    agentsStaffed: loggedIn.filter(isStaffed).length,
    agentsOnline: loggedIn.length,
    contactsWaiting: inQueue.length,
    oldestContactSeconds: oldestAge(inQueue, at) / 1_000,
  };
}

/**
 * The metric results of the queues: one for each queue when grouped by QUEUE, otherwise one for all. If nobody is logged
 * in and nothing is above zero, there is no result at all.
 *
 * @param queues the queues of the filter
 * @param centre the whole instance
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_GetCurrentMetricData.html
 */
export function metricResults(
  request: MetricRequest,
  queues: readonly { id: string; arn: string }[],
  { agents, waiting, now }: CentreView,
): MetricResult[] {
  const groupings = request.Groupings ?? [];
  const metrics = (request.CurrentMetrics ?? []).map(({ Name = '' }) => {
    const metric = Object.hasOwn(METRICS, Name) ? METRICS[Name] : undefined;
    if (!metric) throw new ConnectError('InvalidParameterException', `The local model has no metric "${Name}".`);
    return { name: Name, ...metric };
  });
  const unknown = groupings.find((grouping) => grouping !== 'QUEUE' && grouping !== 'CHANNEL');
  if (unknown) throw new ConnectError('InvalidParameterException', `The local model cannot group by "${unknown}".`);

  const groups = groupings.includes('QUEUE') ? queues.map((queue) => [queue]) : [queues];
  return groups.flatMap((group) => {
    const ids = group.map(({ id }) => id);
    const loggedIn = agents.filter((agent) => isLoggedIn(agent) && agent.queues.some((id) => ids.includes(id)));
    const inQueue = waiting.filter(({ queueId = '' }) => ids.includes(queueId));
    const Collections = metrics.map(({ name, unit, value }) => ({
      Metric: { Name: name, Unit: unit },
      Value: value({ agents: loggedIn, waiting: inQueue, now }, groupings.length > 0),
    }));
    if (loggedIn.length === 0 && Collections.every(({ Value }) => Value === 0)) return [];
    const [queue] = group;
    const Dimensions = {
      ...(groupings.includes('QUEUE') && queue && { Queue: { Id: queue.id, Arn: queue.arn } }),
      ...(groupings.includes('CHANNEL') && { Channel: 'VOICE' }),
    };
    return [{ Dimensions, Collections }];
  });
}
