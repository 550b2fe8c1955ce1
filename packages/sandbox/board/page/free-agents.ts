import type { WorldView } from '../protocol.ts';

/** States in which a request has reserved an agent, but its call has not been placed. */
const WITH_AN_AGENT = ['WaitForTurn', 'StartCall', 'TakeLaterTurn'] as const;

/**
 * How many agents have no call, and how many of those are reserved: calls are on their way to them, so requests wait although
 * Amazon Connect counts these agents as available.
 */
export function freeAgents({ agents, calls, running }: Pick<WorldView, 'agents' | 'calls' | 'running'>) {
  const free = agents.filter(({ status, contactId }) => status === 'available' && contactId === undefined).length;
  const toBeCalled = WITH_AN_AGENT.reduce((sum, state) => sum + (running[state] ?? 0), 0);
  return { free, all: agents.length, reserved: Math.min(free, calls.ringing + calls.other + toBeCalled) };
}
