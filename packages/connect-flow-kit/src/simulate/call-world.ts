import type { NamedFlow } from '../document.ts';
import type { CallCase } from './call-case.ts';
import { type FlowWorld, newContact } from './flow-world.ts';

/** The number of a simulated customer. */
export const CUSTOMER = '+819012345678';

/** The number of the contact centre in a simulated call. */
const CENTRE = '+815000000000';

/** The queue of a contact whose flow comes after one; Amazon Connect gives this name to the one it creates. */
const QUEUE = 'BasicQueue';

/** Agents who are free when the customer enters the queue. */
export const freeAgents = ({ agents, agentAfterSeconds }: CallCase): number =>
  agents ?? (agentAfterSeconds === undefined ? 1 : 0);

/**
 * A contact centre as one case describes it: every queue that is named exists, and all are the same.
 *
 * @param inQueue whether the contact has a queue already
 */
export function worldOfCase(
  callCase: CallCase,
  find: (reference: string) => NamedFlow | undefined,
  inQueue: boolean,
): FlowWorld {
  const {
    initiation = 'API',
    answer = 'human',
    waiting = 0,
    press = [],
    lambda = {},
    fail = {},
    dataTables,
  } = callCase;
  const free = freeAgents(callCase);
  const staffed = callCase.staffed ?? Math.max(free, callCase.agentAfterSeconds === undefined ? 0 : 1);
  let asked = 0;
  return {
    contact: newContact({
      attributes: callCase.attributes ?? {},
      system: {
        ContactId: '00000000-0000-4000-8000-000000000001',
        InitialContactId: '00000000-0000-4000-8000-000000000001',
        Channel: 'VOICE',
        InitiationMethod: initiation,
        AwsRegion: 'ap-northeast-1',
        'CustomerEndpoint.Address': CUSTOMER,
        'CustomerEndpoint.Type': 'TELEPHONE_NUMBER',
        'SystemEndpoint.Address': CENTRE,
        'SystemEndpoint.Type': 'TELEPHONE_NUMBER',
        ...(inQueue && { 'Queue.Name': QUEUE, 'Queue.ARN': QUEUE }),
      },
      ...(inQueue && { targetQueue: QUEUE }),
    }),
    findFlow: find,
    queue: (idOrArn) => (idOrArn === '' ? undefined : { name: lastPart(idOrArn), arn: idOrArn }),
    queueHasRoom: () => !callCase.queueFull,
    queueNow: () => ({
      agentsAvailable: free,
      agentsStaffed: staffed,
      agentsOnline: staffed,
      contactsWaiting: waiting,
      // Nothing is known about the others; each is assumed to have waited a minute longer than the next.
      oldestContactSeconds: waiting * 60,
    }),
    isOpen: () => callCase.hours !== 'closed',
    press() {
      const pressed = answer === 'human' ? press[asked] : undefined;
      asked += 1;
      return pressed;
    },
    pressAhead: () => (answer === 'human' ? (callCase.pressAhead ?? '') : ''),
    invoke(functionArn) {
      const stub = [functionArn, nameOfFunction(functionArn), '*'].find((name) => Object.hasOwn(lambda, name));
      return stub === undefined ? {} : lambda[stub];
    },
    ...(dataTables && { dataTable: (name) => (Object.hasOwn(dataTables, name) ? dataTables[name] : undefined) }),
    intent: () => callCase.intent,
    drawPercent: () => callCase.percent ?? 1,
    answeredBy: () => answer,
    failAt: (flow, block) => own(fail, `${flow}/${block}`) ?? own(fail, block),
  };
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** `arn:aws:lambda:region:account:function:NAME[:alias]` */
const nameOfFunction = (arn: string): string => /:function:([^:]+)/.exec(arn)?.[1] ?? arn;

const own = (record: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
