/**
 * Seconds an agent has to accept a contact. Then it is offered to the next agent, keeping its place in line.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/loop-prompts.html
 */
const RING_SECONDS = 20;

/** A contact that is offered to agents one after another, the last of whom accepts it at once. Times are seconds of the call. */
interface AgentOffers {
  takenAt: number;
  /** Is the phone of an agent who will miss the call ringing at this moment? */
  ringsAt(now: number): boolean;
  /** What happens, in order. */
  events: readonly { at: number; text: string }[];
}

/** @param from when the first agent is free @param misses agents who do not take the call */
export function agentOffers(from: number, misses: number): AgentOffers {
  const rings = Array.from({ length: Number.isFinite(from) ? misses : 0 }, (_, index) => from + index * RING_SECONDS);
  const takenAt = from + rings.length * RING_SECONDS;
  return {
    takenAt,
    ringsAt: (now) => from <= now && now < takenAt,
    events: rings.flatMap((at, index) => [
      { at, text: index === 0 ? "An agent's phone rings." : "Another agent's phone rings." },
      { at: at + RING_SECONDS, text: 'The agent does not take the call: the customer is in line as before.' },
    ]),
  };
}
