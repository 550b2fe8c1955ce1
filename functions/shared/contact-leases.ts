import type { ContactLink } from '../../adapters/guards/contact-links.ts';
import type { Guards } from '../../adapters/guards/guards.ts';
import { type ContactNews, leaseEnds } from '../../domain/contact-news.ts';
import { findPool, LINES } from '../../domain/pools.ts';
import type { StageSettings } from '../../domain/stage-settings.ts';

interface Dependencies {
  stage: Pick<StageSettings, 'agents' | 'connect'>;
  books: Guards['books'];
}

/**
 * Lets a call's leases end as its news say.
 * @returns true where something became free right now
 */
export async function applyNews(
  { requestId, queueId }: ContactLink,
  contactId: string,
  news: ContactNews,
  { stage, books }: Dependencies,
): Promise<boolean> {
  const { agentUntil, lineUntil, missed } = leaseEnds(news);
  const pool = findPool(stage, queueId);
  if (pool && agentUntil === 0) await books.release(pool.book, requestId);
  else if (pool && agentUntil !== undefined) {
    await books.keep(pool.book, requestId, { until: agentUntil, contactId, ...(missed && { missed }) });
  }
  if (lineUntil === 0) await books.release(LINES, requestId);
  return agentUntil === 0 || lineUntil === 0;
}
