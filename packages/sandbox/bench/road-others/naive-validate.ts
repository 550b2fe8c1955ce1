/** Is there a number at all? */
async function handler(event: { id: string; detail: { content: Record<string, string> } }) {
  const { content } = event.detail;
  if (!/^\+[1-9]\d{6,14}$/.test(content.phone_e164 ?? '')) throw new Error('the event has no telephone number');
  return { requestId: event.id, content };
}

export { handler };
