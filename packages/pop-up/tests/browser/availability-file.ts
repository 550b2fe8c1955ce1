const ZONE_MS = 9 * 60 * 60_000;

/** This many minutes from now, as availability.json gives it: in Japan's zone, to the minute. */
export const inMinutes = (minutes: number): string =>
  `${new Date(Date.now() + ZONE_MS + minutes * 60_000).toISOString().slice(0, 16)}:00+09:00`;

const DAY = 24 * 60;

/** Times of the day that is this many minutes ahead, the third of them taken, and one of the next day. */
export const slotsFrom = (minutes: number): { at: string; free: number }[] => {
  const on = (days: number, clock: string) => `${inMinutes(minutes + days * DAY).slice(0, 10)}T${clock}:00+09:00`;
  return [
    { at: on(0, '10:00'), free: 2 },
    { at: on(0, '10:30'), free: 1 },
    { at: on(0, '11:00'), free: 0 },
    { at: on(1, '09:30'), free: 3 },
  ];
};

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
