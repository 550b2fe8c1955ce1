import type { AgentList } from './agents.ts';
import type { LiveCall } from './live-call.ts';
import type { Timers } from './timers.ts';
import type { WaitingLines } from './waiting-lines.ts';

/**
 * How long an agent has to take a call that is offered, and how long one who missed it takes here to become available again.
 * @see https://repost.aws/knowledge-center/connect-calculate-agent-non-response
 */
const OFFERED_SECONDS = 20;
const MISSED_SECONDS = 60;

interface Options {
  timers: Timers;
  agents: AgentList;
  lines: WaitingLines<LiveCall>;
  /** Writes what happened into the transcript. */
  happened(call: LiveCall, text: string): void;
  /** An agent or a call is available again. */
  connectAgents(): void;
}

/** Offers a call to an agent who does not take it. The call then keeps its place in line. */
export function missedOffers({ timers, agents, lines, happened, connectAgents }: Options) {
  return function offerInVain(call: LiveCall, agentName: string): void {
    const { contact } = call;
    const stepBack = lines.stepOut(call);
    call.world.agentIsRung = () => true;
    const over = (): void => {
      cancel();
      call.withdraw = () => undefined;
      call.world.agentIsRung = () => false;
      const comeBack = agents.miss(contact.id);
      happened(call, `${agentName} does not take the call.`);
      timers.after(MISSED_SECONDS, () => {
        comeBack();
        connectAgents();
      });
    };
    const cancel = timers.after(OFFERED_SECONDS, () => {
      call.misses -= 1;
      over();
      stepBack();
      connectAgents();
    });
    call.withdraw = over;
  };
}
