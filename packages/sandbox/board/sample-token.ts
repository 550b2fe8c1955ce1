import { randomUUID } from 'node:crypto';
import { issueCallToken } from '../../../domain/call-signature.ts';
import type { Stack } from '../stack.ts';

const TEN_MINUTES_MS = 10 * 60_000;

/**
 * Plays the company's own back end of docs/signed-requests.md: issues a token for the number with the stage's key.
 *
 * @param phone E.164
 * @returns undefined if the stage wants no signatures, or this stack has no key
 */
export async function callTokenFor(stack: Stack, phone: string): Promise<string | undefined> {
  const { mode, secretName } = stack.service.stage.file.signature;
  const secret = mode === 'off' || secretName === null ? undefined : stack.secrets[secretName];
  if (secret === undefined) return undefined;
  const { current } = JSON.parse(secret) as { current: string };
  return issueCallToken({ phone, expiresAt: new Date(Date.now() + TEN_MINUTES_MS), nonce: randomUUID(), key: current });
}
