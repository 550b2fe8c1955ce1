import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { momentIn, zoneName } from '../../../../domain/wall-clock.ts';
import { durationInWords } from './duration-words.ts';
import { useSay } from './language.tsx';

/** The zone of the stage, in which all times are shown. */
export const ZoneContext = createContext('UTC');

/** @param iso shown to the second */
export function Clock({ iso }: { iso: string }) {
  return <time dateTime={iso}>{clockIn(useContext(ZoneContext)).format(new Date(iso))}</time>;
}

/** Of the zone in which times are shown: `JST`. */
export function ZoneName() {
  return <span class="zone dim">{zoneName(useContext(ZoneContext))}</span>;
}

/** Day and clock, with the name of the zone: `2026-11-28 12:03:01 JST`. */
export function Moment({ iso }: { iso: string }) {
  return <time dateTime={iso}>{momentIn(iso, useContext(ZoneContext))}</time>;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Made once: 500 rows are drawn with it. */
function clockIn(timeZone: string): Intl.DateTimeFormat {
  const hours = { hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { ...hours, timeZone });
  clocks.set(timeZone, clock);
  return clock;
}

export function Duration({ ms }: { ms: number }) {
  const say = useSay();
  return <span class="duration">{say(durationInWords(ms))}</span>;
}

/** How long ago a moment was, second by second. */
export function Counting({ since }: { since: string }) {
  const passed = Date.now() - Date.parse(since);
  useEverySecond();
  // A clock that counts shows whole seconds.
  return (
    // What changes each second is not to be read out each second.
    <span aria-live="off">
      <Duration ms={Math.max(0, Math.floor(passed / 1_000)) * 1_000} />
    </span>
  );
}

/** One timer for all that count. */
const counting = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function useEverySecond(): void {
  const [, draw] = useState(0);
  useEffect(() => {
    const next = () => draw((count) => count + 1);
    counting.add(next);
    timer ??= setInterval(() => counting.forEach((one) => void one()), 1_000);
    return () => {
      counting.delete(next);
      if (counting.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
}
