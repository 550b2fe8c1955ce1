import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzRuns } from '../../../tests/fuzz-runs.ts';
import { appearanceFrom } from '../browser/appearance.ts';
import { contrast, inkOnWhite, parseRgb, type Rgb, textOn } from '../browser/colours.ts';

const channel = fc.integer({ min: 0, max: 255 });
const anyColour = fc.tuple(channel, channel, channel);

describe('colours of the pop-up', () => {
  it('have the contrast that WCAG says', () => {
    expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5);
    expect(contrast([255, 255, 255], [255, 255, 255])).toBe(1);
    // The grey that is known to just pass on white.
    expect(contrast([118, 118, 118], [255, 255, 255])).toBeCloseTo(4.54, 2);
  });

  it('read well with any accent: text on it, and text in it on white', () => {
    fc.assert(
      fc.property(anyColour, (accent: Rgb) => {
        expect(contrast(textOn(accent), accent)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(inkOnWhite(accent), [255, 255, 255])).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: fuzzRuns(100) },
    );
  });

  it('stay as they were chosen where they read well already', () => {
    expect(inkOnWhite([21, 94, 168])).toEqual([21, 94, 168]);
    expect(textOn([21, 94, 168])).toEqual([255, 255, 255]);
    expect(textOn([255, 225, 77])).toEqual([0, 0, 0]);
  });

  it.each([
    ['rgb(1, 22, 255)', [1, 22, 255]],
    ['rgba(1, 22, 255, 0.5)', undefined],
    ['color(srgb 1 0 0)', undefined],
    ['', undefined],
  ])('are read from what a browser computes: %s', (computed, expected) => {
    expect(parseRgb(computed)).toEqual(expected);
  });
});

describe('the appearance a page wants', () => {
  const browser = (css: string): Rgb | undefined => (css === 'crimson' ? [220, 20, 60] : undefined);
  const unexpected = (problem: string) => expect.unreachable(problem);

  it.each(['crimson', '"crimson"', " 'crimson' "])('gets its accent colour from %s', (accent_color) => {
    // Act
    const style = appearanceFrom((name) => (name === 'accent_color' ? accent_color : ''), browser, unexpected);

    // Assess
    expect(style).toMatchObject({ '--accent': 'rgb(220 20 60)', '--on-accent': 'rgb(255 255 255)' });
  });

  it.each(['', '""', '"#{accent_color}"', '#{accent_color}', 'no colour'])('has the default for %j', (text) => {
    expect(
      appearanceFrom(
        () => text,
        browser,
        () => undefined,
      ),
    ).toEqual({
      '--accent': 'rgb(21 94 168)',
      '--on-accent': 'rgb(255 255 255)',
      '--ink': 'rgb(21 94 168)',
      '--icon-left': 'auto',
      '--icon-right': '24px',
      '--icon-bottom': '24px',
    });
  });

  it('puts the icon where it is wanted, but not out of sight', () => {
    // Prepare
    const wanted: Record<string, string> = { icon_side: '"Left"', icon_from_side: '"8"', icon_from_bottom: '96px' };

    // Act
    const near = appearanceFrom((name) => wanted[name] ?? '', browser, unexpected);
    const far = appearanceFrom((name) => (name === 'icon_from_bottom' ? '9000' : ''), browser, unexpected);

    // Assess
    expect(near).toMatchObject({ '--icon-left': '8px', '--icon-right': 'auto', '--icon-bottom': '96px' });
    expect(far).toMatchObject({ '--icon-right': '24px', '--icon-bottom': '400px' });
  });

  it('is told what of it cannot be used, and nothing of what is not set', () => {
    // Prepare
    const unusable = { accent_color: '"bleu"', icon_from_side: '2em', icon_from_bottom: '-50px', icon_side: 'top' };
    const complaintsAbout = (wanted: Record<string, string>) => {
      const complaints: string[] = [];
      appearanceFrom(
        (name) => wanted[name] ?? '"#{not_set}"',
        browser,
        (problem) => complaints.push(problem),
      );
      return complaints;
    };

    // Assess
    expect(complaintsAbout({})).toEqual([]);
    expect(complaintsAbout(unusable)).toEqual(
      Object.keys(unusable).map((name) => `${name} cannot be used; the default is used`),
    );
  });
});
