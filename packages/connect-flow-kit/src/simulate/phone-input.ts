import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * Is what a customer pressed a phone number, as "Store customer input" checks it?
 *
 * @param validation `NumberFormat` `E164`: with the country code, whose `+` no key has. `Local`: as dialled in the
 * country of `CountryCode`, given as `JP` or `+81`.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/store-customer-input.html
 */
export function isPhoneNumber(pressed: string, validation: Readonly<Record<string, unknown>>): boolean {
  const digits = pressed.replace(/^\+/, '');
  const country = String(validation.CountryCode ?? '').replace(/^\+/, '');
  if (validation.NumberFormat !== 'Local') return isValid(`+${digits}`);
  if (/^\d+$/.test(country)) return isValid(`+${country}${digits}`);
  return isSupportedCountry(country) && isValid(digits, country as CountryCode);
}

const isValid = (number: string, country?: CountryCode): boolean =>
  parsePhoneNumberFromString(number, country)?.isValid() ?? false;
