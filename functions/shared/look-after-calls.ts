import type { DescribedContact } from '../../adapters/connect-contacts.ts';
import type { LinkedChain } from '../../adapters/shared-state/contact-links.ts';
import type { SharedState } from '../../adapters/shared-state/shared-state.ts';
import { type CallLease, isToBeLookedAt, onFailedLook } from '../../domain/call-lease.ts';
import { lifeOf } from '../../domain/contact-chain.ts';
import { type FollowDependencies, followCall, giveUpCall } from './follow-call.ts';

export interface LookDependencies extends FollowDependencies {
  shared: FollowDependencies['shared'] & Pick<SharedState, 'controls'>;
}

/**
 * Asks Amazon Connect about calls without events for a long time: contact events are best effort, and a lost one would block an agent, a
 * line and a number, and leave the record open.
 *
 * @param most how many calls to check, those waiting longest first
 * @param freed called when an agent or a line becomes free
 * @returns how many were checked
 */
export async function lookAfterCalls(
  dependencies: LookDependencies,
  most: number,
  freed?: () => Promise<void>,
): Promise<number> {
  const { shared, connect, now, log } = dependencies;
  const { leases, contacts, controls } = shared;
  const at = now().getTime();
  const due = (await leases.all())
    .filter((lease) => isToBeLookedAt(lease, at))
    .sort((a, b) => (a.lookAt ?? 0) - (b.lookAt ?? 0))
    .slice(0, most);
  if (due.length === 0) return 0;
  const switches = await controls.read();
  const follow = followCall(dependencies);
  await Promise.all(
    due.map((lease) =>
      lookAt(lease).catch((error: unknown) => {
        log.warn('call not looked after', { requestId: lease.requestId, error: nameOf(error) });
      }),
    ),
  );
  return due.length;

  async function lookAt(lease: CallLease & { contactId: string }): Promise<void> {
    const { requestId, contactId, lostAt = Number.POSITIVE_INFINITY } = lease;
    const known = await contacts.read(contactId);
    const chain = known?.requestId === undefined ? await contacts.link(contactId, requestId, [], now()) : known;
    const isLost = lostAt <= at;
    const isOver = lifeOf(chain).endedAt !== undefined;
    const asked = new Map<string, DescribedContact>();
    const seen = await askAbout(chain, asked);
    const options = { ...(freed && { freed }), asked, mustDecide: isLost };
    if (seen) await follow({ ...seen, requestId }, switches, options);
    else if (isLost) await giveUpCall({ ...chain, requestId }, switches, dependencies);
    else await leases.lookedAt(lease, onFailedLook(at));
    // Its end will never be reported.
    if (isOver && isLost) await leases.settled(requestId, Math.max(chain.version, seen?.version ?? 0));
  }

  /** Undefined if Amazon Connect does not say. @param asked collects its answers */
  async function askAbout(chain: LinkedChain, asked: Map<string, DescribedContact>): Promise<LinkedChain | undefined> {
    let seen = chain;
    for (const id of lifeOf(chain).alive) {
      try {
        const told = await connect.readContact(id);
        asked.set(id, told);
        seen = await contacts.note(chain.rootId, id, told.news, now());
      } catch (error) {
        log.warn('contact not read', { contactId: id, error: nameOf(error) });
        return undefined;
      }
    }
    return seen;
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'Error');
