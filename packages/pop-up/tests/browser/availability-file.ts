const ZONE_MS = 9 * 60 * 60_000;

/** So many minutes from now, as availability.json tells it: in Japan's zone, to the minute. */
export const inMinutes = (minutes: number): string =>
  `${new Date(Date.now() + ZONE_MS + minutes * 60_000).toISOString().slice(0, 16)}:00+09:00`;

const DAY = 24 * 60;

/** Times of two days, the third of them taken. */
export const slotsFrom = (minutes: number): { at: string; free: number }[] => [
  { at: inMinutes(minutes), free: 2 },
  { at: inMinutes(minutes + 30), free: 1 },
  { at: inMinutes(minutes + 60), free: 0 },
  { at: inMinutes(minutes + DAY), free: 3 },
];

/** What the queue of visitors is like; that of members is open round the clock. */
interface Visitors {
  open?: boolean;
  openUntil?: string;
  nextOpening?: string | null;
  calledAtOpening?: boolean;
  slots?: { at: string; free: number }[];
}

export const availabilityFile = (visitors: Visitors = {}, more: Record<string, unknown> = {}) => ({
  at: inMinutes(0),
  stopped: false,
  waitsForOpening: false,
  queues: {
    members: { open: true, nextOpening: null },
    visitors: { open: true, openUntil: inMinutes(90), nextOpening: inMinutes(DAY), ...visitors },
  },
  ...more,
});
