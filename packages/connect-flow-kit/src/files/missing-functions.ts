import type { FlowValues } from '../config.ts';
import type { ContactFlowFile } from './contact-flow-files.ts';
import { tokensIn } from './contact-flow-tokens.ts';

/** A block as written in a file. */
interface Block {
  Identifier: string;
  Type: string;
  Parameters: { LambdaFunctionARN?: unknown };
  Transitions: Transitions;
}

interface Transitions {
  NextAction?: string;
  Errors?: { NextAction: string }[];
  Conditions?: { NextAction: string }[];
}

interface Content {
  StartAction: string;
  Metadata?: { ActionMetadata?: Record<string, unknown> };
  Actions: Block[];
}

/**
 * The flows as a stage can have them: without the blocks that call a function which it does not deploy, since Amazon Connect publishes
 * no flow that names an unknown one. Whatever led to such a block leads where its failure would have led, and blocks that become
 * unreachable are left out with it.
 */
export function withoutMissingFunctions(
  flows: readonly ContactFlowFile[],
  { functions = {} }: Pick<FlowValues, 'functions'>,
): ContactFlowFile[] {
  const missing = new Set(Object.keys(functions).filter((token) => functions[token] === null));
  return flows.map((flow) => {
    if (!flow.tokensUsed.some((token) => missing.has(token))) return flow;
    const content = JSON.stringify(withoutFunctions(JSON.parse(flow.content), missing));
    return { ...flow, content, tokensUsed: tokensIn(content) };
  });
}

function withoutFunctions(flow: Content, missing: ReadonlySet<string>): Content {
  const gone = new Map(
    flow.Actions.filter((block) => isMissing(block, missing)).map((block) => [block.Identifier, failureOf(block)]),
  );
  const leads = (to: string): string => {
    const seen = new Set<string>();
    let place = to;
    for (let next = gone.get(place); next !== undefined && !seen.has(place); next = gone.get(place)) {
      seen.add(place);
      place = next;
    }
    return place;
  };
  const led = flow.Actions.map((block) => ({ ...block, Transitions: ledElsewhere(block.Transitions, leads) }));
  const start = leads(flow.StartAction);
  const reached = reachedFrom(start, led);
  const { Metadata } = flow;
  return {
    ...flow,
    StartAction: start,
    ...(Metadata?.ActionMetadata && {
      Metadata: {
        ...Metadata,
        ActionMetadata: Object.fromEntries(Object.entries(Metadata.ActionMetadata).filter(([id]) => reached.has(id))),
      },
    }),
    Actions: led.filter(({ Identifier }) => reached.has(Identifier)),
  };
}

function isMissing({ Type, Parameters }: Block, missing: ReadonlySet<string>): boolean {
  const [token = ''] = tokensIn(String(Parameters.LambdaFunctionARN ?? ''));
  return Type === 'InvokeLambdaFunction' && missing.has(token);
}

/** A block without an error branch continues as if it had worked. */
const failureOf = ({ Transitions: { Errors = [], NextAction } }: Block): string | undefined =>
  Errors[0]?.NextAction ?? NextAction;

function ledElsewhere(transitions: Transitions, leads: (to: string) => string): Transitions {
  const { NextAction, Errors, Conditions } = transitions;
  const led = <Way extends { NextAction: string }>(way: Way): Way => ({ ...way, NextAction: leads(way.NextAction) });
  return {
    ...transitions,
    ...(NextAction !== undefined && { NextAction: leads(NextAction) }),
    ...(Conditions && { Conditions: Conditions.map(led) }),
    ...(Errors && { Errors: Errors.map(led) }),
  };
}

function reachedFrom(start: string, blocks: readonly Block[]): ReadonlySet<string> {
  const byId = new Map(blocks.map((block) => [block.Identifier, block]));
  const reached = new Set<string>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    const { NextAction, Errors = [], Conditions = [] } = byId.get(id)?.Transitions ?? {};
    open.push(
      ...(NextAction === undefined ? [] : [NextAction]),
      ...[...Errors, ...Conditions].map((way) => way.NextAction),
    );
  }
  return reached;
}
