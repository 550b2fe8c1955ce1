import { UsageError } from 'connect-flow-kit/command-line';
import { maskPhones } from '../../domain/masking.ts';

/** Positions and names of the two columns. */
export interface Columns {
  id: number;
  phone: number;
  names: { id: string; phone: string };
}

/** Usual column names, without case, blanks, underscores and hyphens. */
const USUAL = {
  id: [
    ...['userid', 'id', 'uid', 'customerid', 'memberid', 'clientid', 'accountid'],
    ...['会員id', '会員番号', '会員no', '会員コード', '顧客id', '顧客番号', '顧客コード', '顧客no'],
    ...['お客様id', 'お客様番号', 'ユーザーid', 'ユーザid', 'ユーザー番号', '利用者id'],
  ],
  phone: [
    ...['phonee164', 'phone', 'phonenumber', 'phoneno', 'tel', 'telno', 'telephone', 'telephonenumber', 'telnumber'],
    ...['mobile', 'mobilephone', 'mobilenumber', 'mobilephonenumber', 'cellphone'],
    ...[
      '電話',
      '電話番号',
      '電話no',
      'tel番号',
      '携帯',
      '携帯電話',
      '携帯番号',
      '携帯電話番号',
      'お電話番号',
      '連絡先電話番号',
    ],
  ],
} as const;

const OPTIONS = { id: '--id', phone: '--phone' } as const;
const MEANT = { id: 'user ids', phone: 'telephone numbers' } as const;

/**
 * Finds the columns of user ids and numbers by the given names, else by usual ones. Throws `UsageError` if one is missing or
 * ambiguous.
 */
export function columnsOf(header: readonly string[], wanted: { id?: string; phone?: string }): Columns {
  const id = columnOf('id', header, wanted.id);
  const phone = columnOf('phone', header, wanted.phone);
  if (id === phone) throw new UsageError(`--id and --phone are both ${shown(header[id] ?? '')}: name two columns`);
  return { id, phone, names: { id: shown(header[id] ?? ''), phone: shown(header[phone] ?? '') } };
}

function columnOf(kind: 'id' | 'phone', header: readonly string[], wanted: string | undefined): number {
  const fits = (name: string) =>
    wanted === undefined ? (USUAL[kind] as readonly string[]).includes(plain(name)) : name.trim() === wanted.trim();
  const found = [...header.keys()].filter((at) => fits(header[at] ?? ''));
  const [first, ...more] = found;
  if (first !== undefined && more.length === 0) return first;
  const option = OPTIONS[kind];
  if (first === undefined) {
    const missing = wanted === undefined ? `no column is recognised as ${MEANT[kind]}` : `no column is named ${wanted}`;
    throw new UsageError(
      isHeader(header)
        ? `${missing}; the first row has ${list(header)}: name one with ${option}`
        : `${missing}; the first row looks like a customer's: is the header missing? Put one in front, such as user_id,phone`,
    );
  }
  const names = list(found.map((at) => header[at] ?? ''));
  const where = found.map((at) => at + 1).join(' and ');
  throw new UsageError(
    wanted === undefined
      ? `columns ${where} can be the ${MEANT[kind]} (${names}): name one with ${option}`
      : `columns ${where} are both named ${wanted}: give them different names in the file`,
  );
}

/** Without a header the first row is a customer, whose data must not be shown. */
const isHeader = (names: readonly string[]): boolean =>
  names.some((name) => [...USUAL.id, ...USUAL.phone].some((usual) => usual === plain(name))) ||
  !names.some((name) => /[\d@]/.test(name.normalize('NFKC')));

const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.-]/g, '');

/** How many column names an error lists. */
const MANY = 20;

const list = (names: readonly string[]): string =>
  names.slice(0, MANY).map(shown).join(', ') + (names.length > MANY ? ` and ${names.length - MANY} more` : '');

/** If the file has no header, a name given with an option may be a customer's number. */
const shown = (name: string): string => {
  const masked = maskPhones(name.trim()).replace(/\d(?=\d{4})/g, '*');
  if (masked === '') return '(no name)';
  return masked.length > 40 ? `${masked.slice(0, 40)}…` : masked;
};
