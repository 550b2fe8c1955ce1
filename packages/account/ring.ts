import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type Contact,
  DescribeContactCommand,
  StartOutboundVoiceContactCommand,
  type StartOutboundVoiceContactCommandInput,
  StopContactCommand,
} from '@aws-sdk/client-connect';
import type { Account } from './account.ts';
import { isDenied, whyUnread } from './account-errors.ts';
import type { CheckedStage, Finding } from './check.ts';
import { idsOf } from './stage-answers.ts';

const PERMISSIONS = ['connect:StartOutboundVoiceContact', 'connect:DescribeContact', 'connect:StopContact'];

/** The checks of a call to your own phone, in order. */
export const RING_IDS = [
  'ring-timeout-range-error',
  'attribute-limits',
  'attribute-limits-error',
  'phone-number-errors',
  'japanese-mobile-numbers',
  'describe-contact-at-once',
  'client-token-life',
  'client-token-other-parameters',
  'ring-timeout-default',
  'disconnect-reason-unanswered',
  'client-token-after-the-call',
  'stop-ended-contact',
  'ring-timeout-traffic-type',
] as const;
type RingId = (typeof RING_IDS)[number];

/** A number that is assigned to nobody and claimed by no instance. */
const FOREIGN_SOURCE = '+815000000009';
const LONGEST_CALL_MS = 150_000;
/** Seconds: 60 of ringing, plus time to connect. */
const RINGS_FOR = { least: 50, most: 80 };

type Change = Partial<StartOutboundVoiceContactCommandInput>;

/**
 * Calls your own phone with the same requests as the functions, using the caller's credentials. First come requests that Amazon
 * Connect should refuse, then a call that is not answered, then one that is stopped at once: the phone rings twice. Requests that
 * are accepted although they should not be are stopped at once, too.
 *
 * @param phone E.164, whose owner has agreed
 * @param found receives each finding as soon as it is known
 * @param pollMs interval at which a call is polled
 */
export async function ring(
  account: Account,
  stage: CheckedStage,
  phone: string,
  found: (id: RingId, finding: Finding) => void,
  pollMs = 2_000,
): Promise<void> {
  const { connect } = account;
  const { instanceId: InstanceId, contactFlow: ContactFlowId } = await idsOf(account, stage);
  const open = new Set<RingId>(RING_IDS);
  const tell = (id: RingId, finding: Finding) => {
    open.delete(id);
    found(id, finding);
  };
  const leaveOpen = (seen: string, nextStep: string) => {
    for (const id of open) tell(id, { state: 'unchecked', seen, nextStep });
  };
  if (ContactFlowId === undefined) {
    return leaveOpen(
      'the stack does not give the id of the flow',
      `Deploy the stage: npx sls deploy --stage ${stage.name}.`,
    );
  }

  const { sourcePhoneNumber } = stage.file.connect;
  if (sourcePhoneNumber === null) {
    return leaveOpen('connect.sourcePhoneNumber is null', 'Claim a number, put it into the settings and deploy.');
  }
  const ownNumber = { SourcePhoneNumber: sourcePhoneNumber };

  const placed: string[] = [];

  /** The contact's id, or the error with which the call was refused. Other errors are thrown. */
  async function call(change: Change = {}): Promise<{ contactId: string } | { error: Error }> {
    try {
      const { ContactId: contactId = '' } = await connect.send(
        new StartOutboundVoiceContactCommand({
          InstanceId,
          ContactFlowId,
          DestinationPhoneNumber: phone,
          ...ownNumber,
          ClientToken: randomUUID(),
          Name: 'Conformance',
          ...change,
        }),
      );
      placed.push(contactId);
      return { contactId };
    } catch (error) {
      if (error instanceof Error && '$fault' in error && error.$fault === 'client' && !isDenied(error))
        return { error };
      throw error;
    }
  }
  const stop = (ContactId: string) => connect.send(new StopContactCommand({ InstanceId, ContactId }));
  /** Stops a call that may be over already. */
  const hangUp = (contactId: string) =>
    stop(contactId).catch((error: unknown) => {
      if (!(error instanceof Error && error.name === 'ContactNotFoundException')) throw error;
    });
  const describe = async (ContactId: string): Promise<Contact> =>
    (await connect.send(new DescribeContactCommand({ InstanceId, ContactId }))).Contact ?? {};

  /** Whether a request is refused as it should be, and with which error. */
  async function refused(id: RingId, name: RegExp, ...changes: Change[]): Promise<void> {
    const seen: string[] = [];
    let isAsAssumed = true;
    for (const change of changes) {
      const answer = await call(change);
      if ('contactId' in answer) await hangUp(answer.contactId);
      seen.push('error' in answer ? answer.error.name : 'a call was placed');
      isAsAssumed &&= 'error' in answer && name.test(answer.error.name);
    }
    tell(id, {
      ...held(isAsAssumed, seen.join(', ')),
      ...(!isAsAssumed && {
        nextStep: 'Report this: packages/sandbox/connect/outbound-request.ts refuses differently.',
      }),
    });
  }

  /** What an unanswered call shows while it rings and when it is over. */
  async function unanswered(): Promise<void> {
    const token = randomUUID();
    const answer = await call({ ClientToken: token });
    const isMobile = /^\+81[789]0/.test(phone);
    if ('error' in answer) {
      const { name } = answer.error;
      if (isMobile && name === 'DestinationNotAllowedException') {
        tell('japanese-mobile-numbers', {
          state: 'problem',
          seen: name,
          nextStep: 'Ask AWS Support to let the instance call +81 70, 80 and 90: docs/deploy.md, the first step.',
        });
      }
      return leaveOpen(`the call was refused (${name})`, 'Look the name up in docs/runbook.md, and run this again.');
    }
    const { contactId } = answer;
    tell(
      'japanese-mobile-numbers',
      isMobile
        ? held(true, 'the call was accepted')
        : { state: 'unchecked', seen: 'the number is not a Japanese mobile', nextStep: 'Run this with one.' },
    );
    tell('describe-contact-at-once', await known(contactId));
    const again = await call({ ClientToken: token, Name: 'Conformance, asked again' });
    const isSame = 'contactId' in again && again.contactId === contactId;
    if ('contactId' in again && !isSame) await hangUp(again.contactId);
    const seen = isSame ? 'the first contact' : 'error' in again ? again.error.name : 'another contact';
    tell('client-token-life', report(isSame, seen));
    tell('client-token-other-parameters', report(isSame, seen));

    const contact = await untilOver(contactId);
    if (!contact.DisconnectTimestamp || contact.ConnectedToSystemTimestamp) {
      if (!contact.DisconnectTimestamp) await hangUp(contactId);
      const told = 'the call was answered, or went on too long';
      const unchecked: Finding = { state: 'unchecked', seen: told, nextStep: 'Run this again and let it ring.' };
      tell('ring-timeout-default', unchecked);
      tell('disconnect-reason-unanswered', unchecked);
    } else {
      tell('ring-timeout-default', lengthOfRinging(contact));
      const reason = contact.DisconnectReason ?? 'no reason';
      tell('disconnect-reason-unanswered', report(reason === 'TELECOM_ORIGINATOR_CANCEL', reason));
    }

    const after = await call({ ClientToken: token });
    const isStillSame = 'contactId' in after && after.contactId === contactId;
    if ('contactId' in after && !isStillSame) await hangUp(after.contactId);
    tell('client-token-after-the-call', report(isStillSame, isStillSame ? 'the first contact' : 'something else'));
    const stopped = await stop(contactId).then(
      () => 'it was accepted',
      (error: Error) => error.name,
    );
    tell('stop-ended-contact', report(stopped === 'ContactNotFoundException', stopped));
  }

  async function known(contactId: string): Promise<Finding> {
    try {
      await describe(contactId);
      return held(true, 'it was known at once');
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return report(false, error.name);
      throw error;
    }
  }

  async function untilOver(contactId: string): Promise<Contact> {
    const latest = Date.now() + LONGEST_CALL_MS;
    for (;;) {
      await wait(pollMs);
      // It may not be visible yet: then it is not over either.
      const contact = await describe(contactId).catch((error: unknown) => {
        if (error instanceof Error && error.name === 'ResourceNotFoundException') return {} as Contact;
        throw error;
      });
      if (contact.DisconnectTimestamp || contact.ConnectedToSystemTimestamp || Date.now() > latest) return contact;
    }
  }

  try {
    await refused('ring-timeout-range-error', /^InvalidParameterException$/, { RingTimeoutInSeconds: 5 });
    await refused('attribute-limits', /^Invalid/, { Attributes: { text: 'x'.repeat(32_769) } });
    await refused('attribute-limits-error', /^InvalidRequestException$/, { Attributes: { 'a blank': 'x' } });
    const national = phone.replace(/^\+81/, '0');
    await refused(
      'phone-number-errors',
      /^InvalidParameterException$/,
      { DestinationPhoneNumber: national },
      { SourcePhoneNumber: FOREIGN_SOURCE },
    );
    await unanswered();
    if (!open.has('ring-timeout-traffic-type')) return;
    const short = await call({ RingTimeoutInSeconds: 15 });
    if ('contactId' in short) await hangUp(short.contactId);
    const seen = 'error' in short ? short.error.name : 'accepted without TrafficType';
    tell('ring-timeout-traffic-type', {
      ...held('contactId' in short, seen),
      ...('error' in short && { nextStep: 'Leave connect.ringTimeoutSeconds null: a ring time-out is refused here.' }),
    });
  } catch (error) {
    // No call may continue unobserved.
    await Promise.allSettled(placed.map(hangUp));
    const why = whyUnread(error, PERMISSIONS, account.region);
    if (!why) throw error;
    leaveOpen(why.seen, why.nextStep);
  }
}

/** Whether an unanswered call rang as long as it should. */
export function lengthOfRinging({ InitiationTimestamp, DisconnectTimestamp }: Contact): Finding {
  const seconds = ((DisconnectTimestamp?.getTime() ?? 0) - (InitiationTimestamp?.getTime() ?? 0)) / 1_000;
  const isUsual = seconds >= RINGS_FOR.least && seconds <= RINGS_FOR.most;
  return report(isUsual, `${Math.round(seconds)} s from the request to the end`);
}

const held = (isHeld: boolean, seen: string): Finding => ({ state: isHeld ? 'fine' : 'problem', seen });

const report = (isHeld: boolean, seen: string): Finding => ({
  ...held(isHeld, seen),
  ...(!isHeld && { nextStep: 'Report this: the local stack behaves differently.' }),
});
