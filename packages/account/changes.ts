import {
  AssociatePhoneNumberContactFlowCommand,
  DisassociatePhoneNumberContactFlowCommand,
  UpdateUserRoutingProfileCommand,
} from '@aws-sdk/client-connect';
import type { Account } from './account.ts';

/**
 * Gives a user another routing profile, from the next contact on.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_UpdateUserRoutingProfile.html
 */
export async function assignRoutingProfile(
  { connect }: Account,
  { InstanceId, UserId, RoutingProfileId }: { InstanceId: string; UserId: string; RoutingProfileId: string },
): Promise<void> {
  await connect.send(new UpdateUserRoutingProfileCommand({ InstanceId, UserId, RoutingProfileId }));
}

/**
 * Lets calls to a number start with a flow, instead of the one that they start with now.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_AssociatePhoneNumberContactFlow.html
 */
export async function attachFlow(
  { connect }: Account,
  { InstanceId, PhoneNumberId, ContactFlowId }: { InstanceId: string; PhoneNumberId: string; ContactFlowId: string },
): Promise<void> {
  await connect.send(new AssociatePhoneNumberContactFlowCommand({ InstanceId, PhoneNumberId, ContactFlowId }));
}

/**
 * Takes the flow off a number: nobody hears anything who calls it.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_DisassociatePhoneNumberContactFlow.html
 */
export async function detachFlow(
  { connect }: Account,
  { InstanceId, PhoneNumberId }: { InstanceId: string; PhoneNumberId: string },
): Promise<void> {
  await connect.send(new DisassociatePhoneNumberContactFlowCommand({ InstanceId, PhoneNumberId }));
}
