import type { ActionResult, BoardAction } from '../protocol.ts';

/** Sends an action to the server. Throws an `Error` with the server's sentence if it is refused. The stream reports a lost server. */
export async function act(action: BoardAction): Promise<ActionResult> {
  const response = await fetch('/board/actions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(action),
  }).catch(() => undefined);
  if (!response) return {};
  const answer = (await response.json()) as ActionResult & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `${response.status}`);
  return answer;
}
