import { describe, expect, it } from 'vitest';
import { newestSpeech } from '../board/page/newest-speech.ts';

/** A mouth that says what it does, and is done with a text when it is told. */
function mouth() {
  const did: string[] = [];
  const finishes: (() => void)[] = [];
  const speech = newestSpeech({
    start(text, done) {
      did.push(text);
      finishes.push(done);
    },
    stop: () => did.push('(stops)'),
  });
  return { did, speech, finish: (index = finishes.length - 1) => finishes[index]?.() };
}

describe('speech of what happens now', () => {
  it('lets a text be said to its end before the next one', () => {
    const { did, speech, finish } = mouth();
    speech.say('一');
    speech.say('二');
    expect(did).toEqual(['一']);
    finish();
    expect(did).toEqual(['一', '二']);
    finish();
    speech.say('三');
    expect(did).toEqual(['一', '二', '三']);
  });

  it('is never more than one text behind', () => {
    const { did, speech, finish } = mouth();
    for (const text of ['一', '二', '三', '四']) speech.say(text);
    expect(did).toEqual(['一', '(stops)', '三']);
    finish();
    expect(did.at(-1)).toBe('四');
  });

  it('is silent once it is stopped, whatever the mouth says of it later', () => {
    const { did, speech, finish } = mouth();
    speech.say('一');
    speech.say('二');
    speech.stop();
    finish();
    speech.stop();
    expect(did).toEqual(['一', '(stops)']);
    speech.say('三');
    finish(0);
    speech.say('四');
    expect(did).toEqual(['一', '(stops)', '三']);
  });
});
