import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../../../domain/outcomes.ts';
import { type Language, textsIn } from '../browser/default-texts.ts';

const LANGUAGES: Language[] = ['ja', 'en'];

describe.each(LANGUAGES)('the texts in %s', (language) => {
  const { editable, refusals, userTypes } = textsIn(language);

  it('have a sentence for each reason for which a number is refused', () => {
    // The example number is refused by the stage, not by the pop-up, which is built and tried out with it.
    const reasons = Object.keys(OUTCOMES.number_refused.reasons).filter((reason) => reason !== 'example_number');
    expect(Object.keys(refusals).toSorted()).toEqual(reasons.toSorted());
    for (const sentence of Object.values(refusals)) expect(sentence).toMatch(language === 'ja' ? /。$/ : /\.$/);
  });

  it('have different sentences for reasons a visitor can tell apart', () => {
    const {
      toll_free,
      shared_cost,
      emergency,
      special_service,
      premium_rate,
      machine,
      country_not_allowed,
      impossible,
      too_few_digits,
      too_many_digits,
      two_numbers,
      letters_beside,
      signs_beside,
      extension_beside,
      plus_before_zero,
    } = refusals;
    const apart = [
      toll_free,
      shared_cost,
      emergency,
      special_service,
      premium_rate,
      machine,
      country_not_allowed,
      impossible,
      too_few_digits,
      too_many_digits,
      two_numbers,
      letters_beside,
      signs_beside,
      extension_beside,
      plus_before_zero,
    ];
    expect(new Set(apart).size).toBe(apart.length);
  });

  it('leave no text empty, and offer the user types the contact flows know', () => {
    expect(Object.values(editable).filter((text) => text.trim() === '')).toEqual([]);
    expect(userTypes.map(({ value }) => value)).toEqual(['member', 'visitor']);
  });
});

it('Japanese is punctuated in full width', () => {
  const { editable, words, refusals, userTypes, inquiryTypes } = textsIn('ja');
  const said = [...Object.values({ ...editable, ...words, ...refusals }), words.progress(1, 5), words.spell('12')];
  for (const { label } of [...userTypes, ...inquiryTypes]) said.push(label);
  expect(said.filter((text) => typeof text === 'string' && /[?!:;()[\]~]/.test(text))).toEqual([]);
});
