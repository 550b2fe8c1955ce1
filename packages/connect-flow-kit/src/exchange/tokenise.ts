import { type FlowAction, type FlowDocument, isObject } from '../document.ts';
import { isSilentRecording, SILENCE } from '../files/contact-flow-tokens.ts';

/** What of an instance has a token. */
export interface ResourceTokens {
  /**
   * The tokens that an id or ARN may become; none if it is unknown.
   * @param name the designer's name for it, if the export says so
   */
  tokensOf(value: string, name: string | undefined): readonly string[];
  /** Token → its text. */
  texts: Readonly<Record<string, string>>;
}

/** An ARN in a flow that has no token. */
export interface LiteralResource {
  block: string;
  /** Such as `QueueId` or `EventHooks.AgentWhisper`. */
  parameter: string;
  arn: string;
}

/** ARN, or an id of its own. */
export const RESOURCE = /^arn:aws[a-z-]*:|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Replaces whatever belongs to one instance with tokens: ids, ARNs, and the silence in place of a recording that it does not
 * have.
 */
export function tokenise(
  exported: FlowDocument,
  existing: FlowDocument | undefined,
  { tokensOf, texts }: ResourceTokens,
): { actions: FlowAction[]; literals: LiteralResource[] } {
  const used = new Set(JSON.stringify(existing?.Actions ?? []).match(/\$\{\w+\}/g) ?? []);
  const layout = isObject(exported.Metadata?.ActionMetadata) ? exported.Metadata.ActionMetadata : {};
  const literals: LiteralResource[] = [];
  const silentToken = Object.keys(texts).find((token) => texts[token] === SILENCE && used.has(`\${${token}}`));

  const actions = exported.Actions.map((action) => {
    const replace = (value: unknown, path: string[]): unknown => {
      if (Array.isArray(value)) return value.map((entry, index) => replace(entry, [...path, String(index)]));
      if (isObject(value)) {
        if (silentToken !== undefined && isSilentRecording(value)) return { PromptId: `\${${silentToken}}` };
        return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, replace(entry, [...path, key])]));
      }
      if (typeof value !== 'string') return value;
      if (!RESOURCE.test(value)) return value;
      const tokens = tokensOf(value, displayName(layout[action.Identifier], path)).map((token) => `\${${token}}`);
      // A queue may be the default one and have a name: whichever the flow used before.
      const token = tokens.find((candidate) => used.has(candidate)) ?? tokens[0];
      if (token === undefined && value.startsWith('arn:')) {
        literals.push({ block: action.Identifier, parameter: path.join('.'), arn: value });
      }
      return token ?? value;
    };
    return { ...action, Parameters: replace(withoutNoOps(action.Parameters), []) as FlowAction['Parameters'] };
  });
  return { actions, literals };
}

/** The designer adds a switch that is off, but the API refuses the field. */
function withoutNoOps(parameters: Record<string, unknown>): Record<string, unknown> {
  const { EventHooksConfiguration, ...others } = parameters;
  const hooks = isObject(EventHooksConfiguration) ? Object.values(EventHooksConfiguration) : [];
  const isOff = hooks.every((hook) => isObject(hook) && String(hook.DisableExecution).toLowerCase() === 'false');
  return EventHooksConfiguration !== undefined && isOff ? others : parameters;
}

/** The designer notes the names of things next to the layout, under the path of the parameter. */
function displayName(metadata: unknown, path: string[]): string | undefined {
  let here: unknown = isObject(metadata) ? metadata.parameters : undefined;
  for (const key of path) here = Array.isArray(here) ? here[Number(key)] : isObject(here) ? here[key] : undefined;
  return isObject(here) && typeof here.displayName === 'string' ? here.displayName : undefined;
}
