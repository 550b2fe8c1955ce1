import { isObject } from '../document.ts';
import type { ParameterChange } from './difference.ts';

/** Every place in which two sets of parameters differ. The order of keys does not count, that of a list does. */
export function compareParameters(before: Record<string, unknown>, after: Record<string, unknown>): ParameterChange[] {
  const changes: ParameterChange[] = [];
  const compare = (a: unknown, b: unknown, path: string, about: ParameterChange['about']): void => {
    if (JSON.stringify(a) === JSON.stringify(b)) return;
    if (isObject(a) && isObject(b)) {
      for (const key of keysOf(a, b)) compare(own(a, key), own(b, key), `${path}.${key}`, about);
    } else if (isListOfObjects(a) && isListOfObjects(b)) {
      const longest = a.length < b.length ? b : a;
      for (const index of longest.keys()) compare(a[index], b[index], `${path}[${index}]`, about);
    } else {
      changes.push({ about, path, before: a, after: b });
    }
  };
  for (const key of keysOf(before, after)) compare(own(before, key), own(after, key), key, aboutOf(key));
  return changes;
}

const keysOf = (a: Record<string, unknown>, b: Record<string, unknown>): Set<string> =>
  new Set([...Object.keys(a), ...Object.keys(b)]);

const own = (value: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined;

const isListOfObjects = (value: unknown): value is unknown[] => Array.isArray(value) && value.every(isObject);

const ABOUT: Readonly<Record<string, ParameterChange['about']>> = {
  Text: 'prompt',
  SSML: 'prompt',
  PromptId: 'prompt',
  Media: 'prompt',
  Messages: 'prompt',
  TextToSpeechVoice: 'voice',
  TextToSpeechEngine: 'voice',
  TextToSpeechStyle: 'voice',
  QueueId: 'queue',
  AgentId: 'queue',
  ComparisonValue: 'comparison',
  ContactFlowId: 'flow',
  FlowModuleId: 'flow',
  EventHooks: 'flow',
};

const aboutOf = (key: string): ParameterChange['about'] =>
  (Object.hasOwn(ABOUT, key) ? ABOUT[key] : undefined) ?? 'setting';
