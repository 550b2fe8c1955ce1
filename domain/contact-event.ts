import { type ContactNews, contactNewsOf } from './contact-news.ts';
import { isObject } from './json-object.ts';

/**
 * What a contact event tells: the contact, and when an agent took it or it was over. Undefined where it tells neither.
 * Letters are compared without case, because the service's own samples disagree about it.
 *
 * @example
 * contactEventNews({
 *   source: 'aws.connect', time: '2026-11-22T03:01:00Z',
 *   detail: {
 *     eventType: 'CONNECTED_TO_AGENT', contactId: '00000000-0000-4000-8000-00000000d001',
 *     agentInfo: { connectedToAgentTimestamp: '2026-11-22T03:00:59.120Z' },
 *   },
 * }) // { contactId: '00000000-…', news: { agentAt: 1795316459120 } }
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/contact-events.html
 */
export function contactEventNews(event: unknown): { contactId: string; news: ContactNews } | undefined {
  const detail = field(event, 'detail');
  const contactId = field(detail, 'contactId');
  if (typeof contactId !== 'string' || contactId === '') return undefined;
  const type = String(field(detail, 'eventType') ?? '').toUpperCase();
  const happened = text(field(event, 'time'));
  const agentAt = text(field(field(detail, 'agentInfo'), 'connectedToAgentTimestamp'));
  const endedAt = text(field(detail, 'disconnectTimestamp'));
  const queuedAt = text(field(field(detail, 'queueInfo'), 'enqueueTimestamp'));
  const over = type === 'DISCONNECTED' || type === 'COMPLETED';
  const known = contactNewsOf({ queuedAt, agentAt, endedAt: over ? endedAt : undefined });
  const news = {
    ...(type === 'CONNECTED_TO_AGENT' && contactNewsOf({ agentAt: happened })),
    ...(over && contactNewsOf({ endedAt: happened })),
    ...known,
  };
  return Object.keys(news).length === 0 ? undefined : { contactId, news };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** A field by its name in any case. */
function field(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined;
  const found = Object.keys(value).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : value[found];
}
