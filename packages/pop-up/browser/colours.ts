/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [number, number, number];

const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** Smallest contrast of text, WCAG 2 level AA. @see https://www.w3.org/TR/WCAG22/#contrast-minimum */
const AA = 4.5;

/** An opaque colour as a browser computes it (`rgb(r, g, b)`); undefined for anything else. */
export function parseRgb(computed: string): Rgb | undefined {
  const [, r, g, b] = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(computed) ?? [];
  return r === undefined || g === undefined || b === undefined ? undefined : [Number(r), Number(g), Number(b)];
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: Rgb): number {
  const [r = 0, g = 0, b = 0] = colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** 1 (the same) to 21 (black on white). @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: Rgb, other: Rgb): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever is more readable on the colour: at least 4.5 to 1 on every possible colour. */
export const textOn = (colour: Rgb): Rgb => (contrast(colour, WHITE) >= AA ? WHITE : BLACK);

/** The colour itself, or as much darker as it needs to be for text on white. */
export function inkOnWhite(colour: Rgb): Rgb {
  let ink = colour;
  while (contrast(ink, WHITE) < AA) ink = ink.map((value) => Math.floor(value * 0.95)) as unknown as Rgb;
  return ink;
}

export const cssOf = (colour: Rgb): string => `rgb(${colour.join(' ')})`;
