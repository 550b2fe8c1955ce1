import {
  type CountryCode,
  getCountryCallingCode as callingCodeOf,
  AsYouType as FormatterOf,
  type MetadataJson,
  parsePhoneNumberFromString as parseWith,
} from 'libphonenumber-js/core/es6';

/*
 * Replaces 'libphonenumber-js/max' in the browser: the same library with the metadata of the stage's countries
 * (packages/pop-up/phone-metadata.ts) instead of those of the whole world.
 */

/** Inserted by the build. */
declare const PHONE_METADATA: string;

let parsed: MetadataJson | undefined;

function metadata(): MetadataJson {
  parsed ??= JSON.parse(PHONE_METADATA) as MetadataJson;
  return parsed;
}

export const getCountryCallingCode = (country: CountryCode) => callingCodeOf(country, metadata());

export const parsePhoneNumberFromString = (
  text: string,
  options: { defaultCountry?: CountryCode; extract?: boolean } = {},
) => parseWith(text, options, metadata());

export class AsYouType extends FormatterOf {
  constructor(country: CountryCode) {
    super(country, metadata());
  }
}
