import { isObject } from '../../domain/json-object.ts';
import type { StageFile } from '../../domain/stage-file.ts';
import { contactEvents } from '../../resources/contact-event-rule.ts';

/** Pattern of the rule for call requests, as in serverless.yml. */
export const callRequestPattern = ({ karte }: Pick<StageFile, 'karte'>): Record<string, unknown> => ({
  'detail-type': ['KARTE Action'],
  detail: { name: [karte.actionName] },
});

/** Pattern of the rule for trackContact, as in serverless.yml. */
export const contactEventPattern = (
  file: Pick<StageFile, 'connect' | 'callLog'>,
  instanceId: string,
): Record<string, unknown> => ({
  source: ['aws.connect'],
  'detail-type': ['Amazon Connect Contact Event'],
  detail: {
    instanceArn: [{ suffix: `:instance/${instanceId}` }],
    channel: [{ 'equals-ignore-case': 'VOICE' }],
    $or: contactEvents(file),
  },
});

/**
 * Paths at which two patterns differ; none if they match the same events. The order of fields and alternatives does not matter.
 *
 * @example differencesOf({ detail: { name: ['a'] } }, { detail: { name: ['b'] } }) // ['detail.name']
 */
export function differencesOf(found: unknown, wanted: unknown, path = ''): string[] {
  if (isObject(found) && isObject(wanted)) {
    const fields = [...new Set([...Object.keys(found), ...Object.keys(wanted)])];
    return fields.flatMap((field) =>
      differencesOf(found[field], wanted[field], path === '' ? field : `${path}.${field}`),
    );
  }
  return canonical(found) === canonical(wanted) ? [] : [path];
}

const canonical = (value: unknown): string => JSON.stringify(sorted(value)) ?? '';

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).toSorted((a, b) => (canonical(a) < canonical(b) ? -1 : 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((key) => [key, sorted(value[key])]),
  );
}
