import type { FlowValues } from '../config.ts';

/** Everything that `${…}` may name in a contact flow, by token. */
export interface TokenValues<Reference> {
  /** Replaced by this text. */
  texts: Record<string, string>;
  /** Replaced by what exists only on the instance: ARNs of flows and queues. */
  references: Record<string, Reference>;
}

/**
 * The tokens of a stage: `${CallMeQueueContactFlow}` for each flow, `${DefaultQueue}` for the default queue,
 * `${<Name>Queue}` for each queue, and the names of its flow values and functions.
 *
 * @param make turns a flow, the id of a queue, or the name of a function into its ARN or what stands for it
 */
export function tokenValues<Flow extends { token: string }, Reference>(
  flows: readonly Flow[],
  { queues, defaultQueue, flowValues, functions = {} }: FlowValues,
  make: { flow(flow: Flow): Reference; queue(id: string): Reference; function(name: string): Reference },
): TokenValues<Reference> {
  const named = Object.entries(queues).map(([name, id]) => [queueToken(name), make.queue(id)] as const);
  const defaultId = queues[defaultQueue];
  return {
    texts: { ...flowValues },
    references: {
      ...Object.fromEntries(named),
      ...(defaultId !== undefined && { DefaultQueue: make.queue(defaultId) }),
      ...Object.fromEntries(flows.map((flow) => [flow.token, make.flow(flow)])),
      ...Object.fromEntries(
        Object.entries(functions).flatMap(([token, name]) => (name === null ? [] : [[token, make.function(name)]])),
      ),
    },
  };
}

/** `call-me-queue` → `CallMeQueueContactFlow` */
export const flowToken = (name: string): string => `${pascalCase(name)}ContactFlow`;

/** `support` → `SupportQueue` */
export const queueToken = (name: string): string => `${pascalCase(name)}Queue`;

const pascalCase = (name: string): string => name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());

const TOKEN = /\$\{([^}]*)\}/g;

/** The tokens of a text, each once. */
export const tokensIn = (content: string): string[] => [
  ...new Set([...content.matchAll(TOKEN)].map(([, token = '']) => token)),
];

/**
 * What a stage gives as a recording if it has none to play: `{ "PromptId": "${HoldMusic}" }` becomes half a minute of
 * silence. The ids of recordings differ between instances, so a flow cannot name one for all of them.
 */
export const SILENCE = 'silence';

const SILENT_RECORDING = /"PromptId":\s*"silence"/g;

/** @see https://docs.aws.amazon.com/connect/latest/adminguide/supported-ssml-tags.html: a break has ten seconds at most */
const SILENT_MARKUP = `<speak>${'<break time="10s"/>'.repeat(3)}</speak>`;

/** A flow's JSON with tokens replaced inside its strings. A token without replacement stays. */
export const fillTokens = (content: string, values: Readonly<Record<string, string>>): string =>
  content
    .replace(TOKEN, (whole, token: string) => {
      const value = Object.hasOwn(values, token) ? values[token] : undefined;
      return value === undefined ? whole : JSON.stringify(value).slice(1, -1);
    })
    .replace(SILENT_RECORDING, () => `"SSML": ${JSON.stringify(SILENT_MARKUP)}`);

/** Is a message the silence that `fillTokens` makes of a recording? */
export const isSilentRecording = (message: Readonly<Record<string, unknown>>): boolean =>
  message.SSML === SILENT_MARKUP;
