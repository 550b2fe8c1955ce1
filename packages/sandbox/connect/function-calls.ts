import type { CallSurroundings } from './call-surroundings.ts';
import type { ConnectOptions } from './connect-options.ts';
import type { Contact } from './contact.ts';
import type { LiveCall } from './live-call.ts';

const ERROR = 'error';

/**
 * What a function is told about the contact whose flow invokes it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-connect.html
 */
const functionEvent = (contact: Contact, InstanceARN: string) => ({
  Name: 'ContactFlowEvent',
  Details: {
    ContactData: {
      Attributes: contact.attributes,
      Channel: 'VOICE',
      ContactId: contact.id,
      CustomerEndpoint: { Address: contact.destination, Type: 'TELEPHONE_NUMBER' },
      InitialContactId: contact.initialContactId ?? contact.id,
      InitiationMethod: contact.initiationMethod,
      InstanceARN,
      PreviousContactId: contact.previousContactId ?? contact.id,
      Queue: null,
      SystemEndpoint: { Address: contact.source, Type: 'TELEPHONE_NUMBER' },
    },
    Parameters: {},
  },
});

/** A response that comes in time; `error` if the function fails or takes longer. Functions here take real time. */
async function inTime(seconds: number, answer: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(ERROR), seconds * 1_000);
  });
  try {
    return await Promise.race([answer.catch(() => ERROR), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** How the flows of an instance invoke functions; undefined if there are none. */
export const functionsOfFlows = (
  ask: ConnectOptions['askFunction'],
  instanceArn: string,
): Pick<CallSurroundings, 'askFunction'> =>
  ask
    ? {
        askFunction: (contact, functionArn, seconds) =>
          inTime(seconds, ask(functionArn, functionEvent(contact, instanceArn))),
      }
    : {};

/** The call continues with the response of a function, unless it is over by then. */
export function waitForAnswer(call: LiveCall, answer: Promise<unknown>, then: () => void): void {
  call.cancel();
  let waits = true;
  call.cancel = () => {
    waits = false;
  };
  void answer.then((answered) => {
    if (!waits) return;
    call.world.invoke = () => answered;
    then();
  });
}
