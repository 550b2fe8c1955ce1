import { createRequire } from 'node:module';
import type { CountryCode } from 'libphonenumber-js/max';

/** Imported lazily: hardly any flow asks for a phone number, and the metadata of all countries takes longer than most calls. */
const library = (): typeof import('libphonenumber-js/max') => createRequire(import.meta.url)('libphonenumber-js/max');

/**
 * Is what a customer pressed a phone number, as "Store customer input" checks it?
 *
 * @param validation `NumberFormat` `E164`: with the country code, but without `+`, for which there is no key. `Local`: as dialled in the
 * country of `CountryCode`, given as `JP` or `+81`.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/store-customer-input.html
 */
export function isPhoneNumber(pressed: string, validation: Readonly<Record<string, unknown>>): boolean {
  const digits = pressed.replace(/^\+/, '');
  const country = String(validation.CountryCode ?? '').replace(/^\+/, '');
  if (validation.NumberFormat !== 'Local') return isValid(`+${digits}`);
  if (/^\d+$/.test(country)) return isValid(`+${country}${digits}`);
  return library().isSupportedCountry(country) && isValid(digits, country as CountryCode);
}

const isValid = (number: string, country?: CountryCode): boolean =>
  library().parsePhoneNumberFromString(number, country)?.isValid() ?? false;
