import { ConnectClient, StartOutboundVoiceContactCommand } from '@aws-sdk/client-connect';

/** The function of KARTE's guide in JavaScript: a new client for each event, one request, no check except for the field. */
async function handler(event: { detail: { content: Record<string, string> } }): Promise<void> {
  const { content } = event.detail;
  if (!('phone_e164' in content)) return;
  const connect = new ConnectClient({ region: 'ap-northeast-1' });
  await connect.send(
    new StartOutboundVoiceContactCommand({
      DestinationPhoneNumber: content.phone_e164,
      InstanceId: process.env.INSTANCE_ID,
      ContactFlowId: process.env.CONTACT_FLOW_ID,
      SourcePhoneNumber: process.env.SOURCE_PHONE_NUMBER,
      Attributes: content,
    }),
  );
}

export { handler };
