import { type CountryCode, getCountryCallingCode, type MetadataJson } from 'libphonenumber-js/max';
import everywhere from 'libphonenumber-js/max/metadata';

/**
 * libphonenumber's metadata as far as a stage needs it, as JSON: everything about the countries it dials and those that
 * share a calling code with them; for the rest of the world only the calling codes, so that a foreign number is recognised as
 * one. They are under `nonGeographic`, where the library looks for codes that belong to no country.
 *
 * A space is inserted between two opening brackets, which KARTE's template engine would take for a variable.
 *
 * @see Format: https://gitlab.com/catamphetamine/libphonenumber-js/blob/master/METADATA.md
 */
export function phoneMetadata(countries: readonly CountryCode[]): string {
  const { version, country_calling_codes: codes, countries: plans, nonGeographic } = everywhere as MetadataJson;
  // The rules recognise Japanese service numbers in every stage.
  const dialled = [...new Set([...countries, 'JP' as const].map((country) => getCountryCallingCode(country)))];
  const foreign = [...Object.keys(codes), ...Object.keys(nonGeographic)].filter((code) => !dialled.includes(code));
  const metadata: MetadataJson = {
    version,
    country_calling_codes: Object.fromEntries(dialled.map((code) => [code, codes[code] ?? []])),
    countries: Object.fromEntries(
      dialled.flatMap((code) => codes[code] ?? []).map((country) => [country, plans[country] ?? []]),
    ),
    nonGeographic: Object.fromEntries(foreign.map((code) => [code, [code]])),
  };
  return apartFromEachOther(JSON.stringify(metadata));
}

/** JSON that means the same without two adjacent brackets. Texts stay as they are. */
const apartFromEachOther = (json: string): string =>
  json.replace(/"(?:[^"\\]|\\.)*"|\[(?=\[)/g, (token) => (token === '[' ? '[ ' : token));
