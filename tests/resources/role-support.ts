/** The shortest flow there is, with this metadata. */
export const hangUpFlow = (Metadata: Record<string, string>) => ({
  Version: '2019-10-30',
  StartAction: 'Hang up',
  Metadata,
  Actions: [{ Identifier: 'Hang up', Type: 'DisconnectParticipant', Parameters: {}, Transitions: {} }],
});
