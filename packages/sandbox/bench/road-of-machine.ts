import type { StateMachineDefinition } from '../service.ts';

/** What a state says to send a request on towards its call. */
const CONTINUE = 'continue';

interface State {
  Type: string;
  Next?: string;
  Default?: string;
  Choices?: { StringEquals?: string; Next: string }[];
  Parameters?: { FunctionName?: { 'Fn::GetAtt'?: [string, string] } };
}

/**
 * The functions that an unobstructed request invokes, in order, by their names in serverless.yml; one that
 * it invokes twice is listed twice.
 */
export function roadOf({ StartAt, States }: StateMachineDefinition): string[] {
  const functions: string[] = [];
  const taken = new Set<string>();
  let at: string | undefined = StartAt;
  while (at !== undefined && !taken.has(at)) {
    taken.add(at);
    const state = States[at] as State | undefined;
    const id = state?.Parameters?.FunctionName?.['Fn::GetAtt']?.[0].replace(/LambdaFunction$/, '');
    if (id !== undefined) functions.push(id.charAt(0).toLowerCase() + id.slice(1));
    const choice = state?.Choices?.find(({ StringEquals }) => StringEquals === CONTINUE);
    at = choice?.Next ?? state?.Default ?? state?.Next;
  }
  return functions;
}
