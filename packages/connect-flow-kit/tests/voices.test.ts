import { describe, expect, it } from 'vitest';
import { enginesOf, findVoice } from '../src/voices.ts';

describe('a voice', () => {
  it.each([
    ['Mizuki', undefined, 'Standard'],
    ['Mizuki', 'standard', 'Standard'],
    ['Takumi', 'Standard', 'Standard'],
    ['Takumi', 'neural', 'Neural'],
    ['Kazuha', 'Neural', 'Neural'],
    ['Tomoko', 'NEURAL', 'Neural'],
    ['Joanna', undefined, 'Standard'],
    ['Matthew', 'generative', 'Generative'],
    ['Ruth', 'long-form', 'Long-form'],
  ])('%s speaks with the engine %s', (voice, asked, engine) => {
    expect(findVoice(voice, asked)).toEqual({ voice, engine });
  });

  it.each([
    ['Mizuki', 'Neural', 'Mizuki has no Neural engine, only Standard'],
    ['Takumi', 'Generative', 'Takumi has no Generative engine, only Standard and Neural'],
    ['Kazuha', undefined, 'Kazuha has no Standard engine, only Neural'],
    ['Tomoko', 'Long-form', 'Tomoko has no Long-form engine, only Neural'],
    ['Filiz', 'Generative', 'Filiz has no Generative engine, only Standard'],
    ['Joanna', 'Turbo', 'Joanna has no Turbo engine, only Standard and Neural and Long-form and Generative'],
    ['Hanako', 'Neural', 'there is no voice "Hanako"'],
    ['constructor', 'Neural', 'there is no voice "constructor"'],
    ['', undefined, 'there is no voice ""'],
  ])('%s with the engine %s does not exist', (voice, engine, because) => {
    expect(findVoice(voice, engine)).toBe(because);
  });

  it('that nobody knows has no engines', () => {
    expect(enginesOf('Hanako')).toBeUndefined();
  });
});
