import { ConnectClient, StartOutboundVoiceContactCommand } from '@aws-sdk/client-connect';

const connect = new ConnectClient();

/** Requests the call. */
async function handler(state: { requestId: string; content: Record<string, string> }): Promise<object> {
  const { ContactId } = await connect.send(
    new StartOutboundVoiceContactCommand({
      InstanceId: process.env.INSTANCE_ID,
      ContactFlowId: process.env.CONTACT_FLOW_ID,
      DestinationPhoneNumber: state.content.phone_e164,
      SourcePhoneNumber: process.env.SOURCE_PHONE_NUMBER,
      ClientToken: state.requestId,
      Attributes: state.content,
    }),
  );
  return { ...state, contactId: ContactId };
}

export { handler };
