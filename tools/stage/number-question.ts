import { UsageError } from 'connect-flow-kit/command-line';
import { counted } from '../../packages/account/counted.ts';
import type { ListedNumber } from '../../packages/account/listings.ts';
import type { Asker } from './ask.ts';
import type { Listed } from './on-account.ts';

const FLAG = '--number';
const NONE = 'none';

const wrongNumber = (text: string): string | undefined =>
  /^\+[1-9]\d{6,14}$/.test(text)
    ? undefined
    : 'expected a number in E.164 form, such as +81 and the rest without its 0';

const wrongAnswer = (text: string): string | undefined =>
  text === NONE || !wrongNumber(text) ? undefined : `${wrongNumber(text)}; or ${NONE}`;

/**
 * The number that calls are made from; null while there is none, as claiming a Japanese one needs an instance and takes weeks.
 *
 * @param numbers those of the instance
 */
export async function numberAnswer(
  asker: Asker,
  flag: string | undefined,
  { items, why }: Listed<ListedNumber>,
): Promise<string | null> {
  const answer = flag ?? (await asked());
  if (answer === NONE) return null;
  const wrong = wrongAnswer(answer);
  if (wrong) throw new UsageError(`${FLAG} cannot be used: ${wrong}`);
  if (why === undefined && items.length > 0 && !items.some(({ number }) => number === answer)) {
    throw new UsageError(`${FLAG} is not a number of the instance, which has ${counted(items.length, 'other')}`);
  }
  return answer;

  async function asked(): Promise<string> {
    if (why !== undefined) {
      return asker.text(FLAG, `Number that calls are made from, in E.164 form, or ${NONE}:`, wrongAnswer);
    }
    if (items.length === 0) return NONE;
    return asker.one(FLAG, 'Which number are calls made from?', [
      ...items.map(({ number, type, country }) => ({ value: number, name: `${number}  ${type} ${country}` })),
      { value: NONE, name: 'none yet: nobody can be called until one is in the settings' },
    ]);
  }
}
