import { UsageError } from 'connect-flow-kit/command-line';
import type { ListedNumber } from '../../packages/account/listings.ts';
import type { Asker } from './ask.ts';
import type { Listed } from './on-account.ts';

const FLAG = '--number';
const OTHER = 'other';

const wrongNumber = (text: string): string | undefined =>
  /^\+[1-9]\d{6,14}$/.test(text)
    ? undefined
    : 'expected a number in E.164 form, such as +81 and the rest without its 0';

/**
 * From which number calls go out. One that is not claimed yet may be written down, as claiming a Japanese one takes weeks.
 *
 * @param numbers those of the instance
 */
export async function numberAnswer(
  asker: Asker,
  flag: string | undefined,
  { items, why }: Listed<ListedNumber>,
): Promise<string> {
  if (flag !== undefined) {
    const wrong = wrongNumber(flag);
    if (wrong) throw new UsageError(`${FLAG} cannot be used: ${wrong}`);
    if (why === undefined && items.length > 0 && !items.some(({ number }) => number === flag)) {
      throw new UsageError(`${FLAG} names none of the ${items.length} numbers of the instance`);
    }
    return flag;
  }
  const chosen =
    items.length === 0
      ? OTHER
      : await asker.one(FLAG, 'From which number do calls go out?', [
          ...items.map(({ number, type, country }) => ({ value: number, name: `${number}  ${type} ${country}` })),
          { value: OTHER, name: 'another one, which is claimed later' },
        ]);
  return chosen === OTHER ? asker.text(FLAG, 'Number that calls go out from, in E.164 form:', wrongNumber) : chosen;
}
