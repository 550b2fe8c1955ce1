import { UsageError } from 'connect-flow-kit/command-line';
import { CREATE } from '../../domain/created-ids.ts';
import type { ListedInstance } from '../../packages/account/listings.ts';
import type { Asker } from './ask.ts';
import { choicesOf, namedBy, wrongId } from './listed-answer.ts';
import type { Listed } from './on-account.ts';

const FLAG = '--instance';

/**
 * Which instance the stage calls from.
 *
 * @param flag id or alias of one, `create`, or undefined to ask
 * @returns its id, or `create`
 */
export async function instanceAnswer(
  asker: Asker,
  flag: string | undefined,
  { items, why }: Listed<ListedInstance>,
): Promise<string> {
  if (why !== undefined) {
    const wrong = (text: string) => (text === CREATE ? undefined : wrongId(text));
    const answer = flag ?? (await asker.text(FLAG, 'Id of the Amazon Connect instance, or create:', wrong));
    if (wrong(answer)) throw new UsageError(`${FLAG} is ${answer}: ${wrong(answer)}, or create`);
    return answer;
  }
  const named = items.map((instance) => ({ ...instance, name: instance.alias || instance.id }));
  const answer =
    flag ??
    (await asker.one(FLAG, 'Which Amazon Connect instance?', [
      ...choicesOf(named).map((choice, index) => ({ ...choice, ...unusable(named[index]) })),
      { value: CREATE, name: 'create: the stack creates one' },
    ]));
  if (answer === CREATE) return answer;
  const instance = namedBy(FLAG, answer, named, [CREATE]);
  if (instance.status !== 'ACTIVE') {
    throw new UsageError(`${FLAG} is ${answer}, which is ${instance.status}: expected an ACTIVE instance`);
  }
  return instance.id;
}

const unusable = (instance: ListedInstance | undefined) =>
  instance && instance.status !== 'ACTIVE' ? { disabled: `(${instance.status})` } : {};

/** The name of an instance that the stack creates, as in domain/create-settings.ts. */
export async function aliasAnswer(asker: Asker, flag: string | undefined): Promise<string> {
  const wrong = (text: string) =>
    /^(?!d-)[\da-zA-Z](?:-*[\da-zA-Z]){0,44}$/.test(text) && text.length <= 45
      ? undefined
      : 'expected up to 45 letters, digits and hyphens between them';
  const question = 'Name of the new instance, in https://<name>.my.connect.aws (must be unique across AWS):';
  return flag ?? (await asker.text('--instance-alias', question, wrong));
}
