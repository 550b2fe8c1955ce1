import type { ActionResult, BoardAction } from '../protocol.ts';

/** Does what a button says. Throws an `Error` with the server's sentence where it was refused. Of a server that is gone, the stream tells. */
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
