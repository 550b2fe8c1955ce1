import {
  AssociatePhoneNumberContactFlowCommand,
  DisassociatePhoneNumberContactFlowCommand,
  UpdateUserRoutingProfileCommand,
} from '@aws-sdk/client-connect';
import type { Account } from './account.ts';

/**
 * Changes the routing profile of a user, from the next contact on.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_UpdateUserRoutingProfile.html
 */
export async function assignRoutingProfile(
  { connect }: Account,
  { InstanceId, UserId, RoutingProfileId }: { InstanceId: string; UserId: string; RoutingProfileId: string },
): Promise<void> {
  await connect.send(new UpdateUserRoutingProfileCommand({ InstanceId, UserId, RoutingProfileId }));
}

/**
 * Makes calls to a number start with a flow, replacing the current one.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_AssociatePhoneNumberContactFlow.html
 */
export async function attachFlow(
  { connect }: Account,
  { InstanceId, PhoneNumberId, ContactFlowId }: { InstanceId: string; PhoneNumberId: string; ContactFlowId: string },
): Promise<void> {
  await connect.send(new AssociatePhoneNumberContactFlowCommand({ InstanceId, PhoneNumberId, ContactFlowId }));
}

/**
 * Detaches the flow from a number: callers then hear nothing.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_DisassociatePhoneNumberContactFlow.html
 */
export async function detachFlow(
  { connect }: Account,
  { InstanceId, PhoneNumberId }: { InstanceId: string; PhoneNumberId: string },
): Promise<void> {
  await connect.send(new DisassociatePhoneNumberContactFlowCommand({ InstanceId, PhoneNumberId }));
}
