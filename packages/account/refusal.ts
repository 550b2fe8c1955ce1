import { actionAsked } from './asked-request.ts';
import { withoutNumbers } from './without-numbers.ts';

/** AWS's messages can be very long. */
const LONGEST = 200;

/**
 * The parts of AWS's message about a refused request, if it has the usual form:
 * `User: … is not authorized to perform: … on resource: … because no … allows the … action`, or `with an explicit deny in a …`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
const PERFORM = /not authorized to perform:? ([\w-]+:\w+)/i;
const RESOURCE = /on resource:? (\S+)/i;
const NOT_ALLOWED = /because no (.+?) allows/i;
const DENIED = /explicit deny in (?:an? |the )?([a-z][a-z -]*[a-z])/i;

/**
 * Which action was refused, on what and by which policy, and who can fix it. Names neither the caller nor any account.
 *
 * @param permissions all actions that the caller needs
 */
export function refusalInWords(error: Error, permissions: readonly string[]): { seen: string; nextStep: string } {
  const { name, message } = error;
  const told = PERFORM.exec(message)?.[1];
  const action = told ?? actionAsked(error);
  const resource = RESOURCE.exec(message)?.[1]?.replace(/[.,]$/, '');
  const denied = DENIED.exec(message)?.[1];
  const lacking = NOT_ALLOWED.exec(message)?.[1];
  const on = resource === undefined || resource === '*' ? '' : ` on ${resource}`;
  const why = [
    denied !== undefined && `: an explicit deny in ${/^[aeiou]/i.test(denied) ? 'an' : 'a'} ${denied}`,
    lacking !== undefined && `: no ${lacking} allows it`,
    told === undefined && message !== '' && `: ${shortened(message)}`,
  ].find((text) => text !== false);
  const policy = denied ?? (lacking === 'identity-based policy' ? undefined : lacking);
  const fix =
    policy === undefined
      ? `Grant ${action === undefined ? permissions.join(', ') : 'it'} to the identity of the caller.`
      : `Another permission does not help: the owners of the ${policy} have to allow it.`;
  const isAll = action === undefined || permissions.every((one) => one === action);
  return {
    seen: withoutNumbers(`${action ?? 'the request'} was refused (${name})${on}${why ?? ''}`),
    nextStep: isAll ? fix : `${fix} In total this needs ${[...new Set([action, ...permissions])].join(', ')}.`,
  };
}

/** A message of AWS on one line, without the caller. */
function shortened(message: string): string {
  const line = message
    .replace(/arn:[\w-]+:(?:iam|sts)::\S+/g, 'somebody')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
