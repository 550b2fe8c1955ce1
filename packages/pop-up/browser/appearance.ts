import { isUnfilled } from '../../../domain/phone-number.ts';
import { cssOf, inkOnWhite, type Rgb, textOn } from './colours.ts';
import type { Complain } from './pop-up-settings.ts';
import type { StyleName } from './setting-names.ts';

/** A calm blue, 6.6 to 1 on white. */
const DEFAULT_ACCENT: Rgb = [21, 94, 168];

/** The icon's distance from the window's edges, in px. */
const DEFAULT_DISTANCE = 24;
const MAX_DISTANCE = 400;

/** The custom property of the page that contains a variable of KARTE's CSS tab. */
export const propertyOf = (name: StyleName): string => `--visual-ivr-${name.replaceAll('_', '-')}`;

/**
 * The custom properties that the pop-up's own style sheet uses, derived from those the page sets. Unusable values are replaced
 * by the default; text on the accent colour, and text in the accent colour, is always readable.
 *
 * @param read the value of a style variable, as the page holds it
 * @param colourOf a CSS colour as numbers, as the browser interprets it; undefined if it is invalid or not opaque
 * @param complain is told what cannot be used
 */
export function appearanceFrom(
  read: (name: StyleName) => string,
  colourOf: (css: string) => Rgb | undefined,
  complain: Complain,
): Record<string, string> {
  function wanted<Value>(name: StyleName, readAs: (text: string) => Value | undefined, byDefault: Value): Value {
    const text = withoutQuotes(read(name));
    if (text === '' || isUnfilled(text)) return byDefault;
    const value = readAs(text);
    if (value === undefined) complain(`${name} cannot be used; the default is used`);
    return value ?? byDefault;
  }
  const accent = wanted('accent_color', colourOf, DEFAULT_ACCENT);
  const fromSide = `${wanted('icon_from_side', distance, DEFAULT_DISTANCE)}px`;
  const fromBottom = `${wanted('icon_from_bottom', distance, DEFAULT_DISTANCE)}px`;
  const isLeft = wanted('icon_side', sideIsLeft, false);
  return {
    '--accent': cssOf(accent),
    '--on-accent': cssOf(textOn(accent)),
    '--ink': cssOf(inkOnWhite(accent)),
    '--icon-left': isLeft ? fromSide : 'auto',
    '--icon-right': isLeft ? 'auto' : fromSide,
    '--icon-bottom': fromBottom,
  };
}

/** KARTE's variables are in quotes, so their text cannot break the style sheet. */
const withoutQuotes = (text: string): string => text.replace(/^\s*(["']?)(.*)\1\s*$/s, '$2').trim();

/** `24` or `24px`; never so far away that nobody finds the icon. */
function distance(text: string): number | undefined {
  const [, px] = /^(\d{1,4}(?:\.\d+)?)(?:px)?$/.exec(text) ?? [];
  return px === undefined ? undefined : Math.min(Number(px), MAX_DISTANCE);
}

function sideIsLeft(text: string): boolean | undefined {
  const side = text.toLowerCase();
  return side === 'left' || side === 'right' ? side === 'left' : undefined;
}
