/** Like the file in KARTE's guide, byte for byte: header without quotes, rows with quotes, UTF-8 without a byte order mark, LF. */
export const DATAHUB_HEADER = 'user_id,phone_e164\n';

/** @param e164 needs no escaping */
export const datahubRow = (id: string, e164: string): string => `"${id.replaceAll('"', '""')}","${e164}"\n`;
