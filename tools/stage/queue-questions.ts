import { UsageError } from 'connect-flow-kit/command-line';
import { CREATE } from '../../domain/created-ids.ts';
import type { Asker } from './ask.ts';
import { hoursOf, type WeeklyHours } from './hours-in-words.ts';
import { choicesOf, isId, type Named, namedBy, notAmong, wrongId } from './listed-answer.ts';
import type { Listed } from './on-account.ts';

const QUEUE = '--queue';
const HOURS = '--hours';

/** What is wrong with the name of a queue in the settings. */
const wrongName = (text: string): string | undefined =>
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)
    ? undefined
    : 'expected lower-case letters, digits and hyphens, such as support';

/**
 * Which queues the stage's calls go to.
 *
 * @param flags `support=<id or name>`, `sales=create`; asks if empty
 * @param canExist false if the instance has yet to be created
 * @returns name in the settings → id, or `create`
 */
export async function queueAnswers(
  asker: Asker,
  flags: readonly string[],
  queues: Listed<Named>,
  canExist: boolean,
): Promise<Record<string, string>> {
  if (flags.length > 0) return queuesOfFlags(flags, queues);
  if (!canExist) return newQueues(asker, []);
  if (queues.why !== undefined) {
    const name = await asker.text(QUEUE, 'Name of the queue in the settings:', wrongName, 'support');
    const wrong = (text: string) => (text === CREATE ? undefined : wrongId(text));
    return { [name]: await asker.text(QUEUE, `Id of the queue ${name}, or create:`, wrong) };
  }
  const chosen = await asker.some(QUEUE, 'Which queues do the calls go to?', [
    ...choicesOf(queues.items),
    { value: CREATE, name: 'create: the stack creates one or more' },
  ]);
  const named: Record<string, string> = {};
  for (const { id, name } of queues.items.filter(({ id }) => chosen.includes(id))) {
    const wrong = (text: string) => wrongName(text) ?? (text in named ? 'expected a different name' : undefined);
    named[await asker.text(QUEUE, `Name of the queue “${name}” in the settings:`, wrong, suggested(name))] = id;
  }
  return chosen.includes(CREATE) ? { ...named, ...(await newQueues(asker, Object.keys(named))) } : named;
}

async function newQueues(asker: Asker, taken: readonly string[]): Promise<Record<string, string>> {
  const wrong = (text: string) => {
    const names = [...taken, ...listOf(text)];
    if (new Set(names).size < names.length) return 'expected different names';
    return names.length === taken.length ? wrongName('') : names.map(wrongName).find((why) => why !== undefined);
  };
  const question = 'Names of the queues that the stack creates, separated by commas:';
  const names = await asker.text(QUEUE, question, wrong, taken.includes('support') ? undefined : 'support');
  return Object.fromEntries(listOf(names).map((name) => [name, CREATE]));
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

function queuesOfFlags(flags: readonly string[], { items, why }: Listed<Named>): Record<string, string> {
  const named: Record<string, string> = {};
  for (const flag of flags) {
    const at = flag.indexOf('=');
    const [name, answer] = [flag.slice(0, at), flag.slice(at + 1)];
    if (at < 1 || wrongName(name)) {
      throw new UsageError(`${QUEUE} is ${flag}: expected a name in the settings and a queue, such as support=create`);
    }
    if (name in named) throw new UsageError(`${QUEUE} names ${name} twice`);
    const isTyped = answer === CREATE || (why !== undefined && isId(answer));
    named[name] = isTyped ? answer : namedBy(`${QUEUE} ${name}`, answer, items, [CREATE]).id;
  }
  return named;
}

/** サポート has no character that a name in the settings may have. */
function suggested(name: string): string | undefined {
  const own = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return own === '' ? undefined : own;
}

/** Which queue takes requests that no routing rule matches. */
export async function defaultQueueAnswer(asker: Asker, flag: string | undefined, names: readonly string[]) {
  const [only, ...others] = names;
  if (flag === undefined && only !== undefined && others.length === 0) return only;
  const choices = names.map((name) => ({ value: name, name }));
  const answer =
    flag ?? (await asker.one('--default-queue', 'Which queue takes requests that no routing rule matches?', choices));
  if (!names.includes(answer)) throw notAmong('--default-queue', answer, names);
  return answer;
}

/**
 * When the queues that the stack creates are open.
 *
 * @param flag days and times, or id or name of existing hours; asks if undefined
 */
export async function hoursAnswer(
  asker: Asker,
  flag: string | undefined,
  { items, why }: Listed<Named>,
): Promise<WeeklyHours | string> {
  const example = 'MONDAY-FRIDAY 09:00-18:00';
  const chosen = flag ?? (items.length > 0 ? await oneOfHours(asker, items) : CREATE);
  if (chosen === CREATE) {
    const wrong = (text: string) => (hoursOf(text) ? undefined : `expected days and times, such as ${example}`);
    return hoursOf(await asker.text(HOURS, 'When are the new queues open?', wrong, example)) ?? '';
  }
  if (why !== undefined && isId(chosen)) return chosen;
  return hoursOf(chosen) ?? namedBy(HOURS, chosen, items, [`days and times such as "${example}"`]).id;
}

const oneOfHours = (asker: Asker, items: readonly Named[]): Promise<string> =>
  asker.one(HOURS, 'Which hours of operation do the new queues have?', [
    { value: CREATE, name: 'create: the stack creates them' },
    ...choicesOf(items),
  ]);
