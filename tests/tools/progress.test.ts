import { describe, expect, it } from 'vitest';
import { progressOn } from '../../tools/calls/progress.ts';

function terminal(isTTY: boolean) {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => written.push(text) };
}

describe('how far reading is', () => {
  it('is told on a terminal once it takes long, on one line that goes away', () => {
    const screen = terminal(true);
    let now = 0;
    const progress = progressOn(screen, () => now);
    progress.at('100 records read');
    expect(screen.written).toEqual([]);
    now = 1_500;
    progress.at('200 records read');
    progress.done();
    expect(screen.written).toEqual(['\r\u001b[K200 records read', '\r\u001b[K']);
  });

  it('is told to nobody where there is no terminal', () => {
    const pipe = terminal(false);
    let now = 0;
    const progress = progressOn(pipe, () => now);
    now = 60_000;
    progress.at('200 records read');
    progress.done();
    expect(pipe.written).toEqual([]);
  });
});
