import { parseJson } from './parse-json.ts';

/**
 * The content of a flow, as Amazon Connect accepts it and the console exports it.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/flow-language.html
 */
export interface FlowDocument {
  /** `2019-10-30`, the only one that exists. */
  Version: string;
  StartAction: string;
  Actions: FlowAction[];
  /** Layout and names of the flow designer. No effect on the call. */
  Metadata?: Record<string, unknown>;
  /** Of a flow module only. */
  Settings?: Record<string, unknown>;
}

/** A flow as other flows can reach it. */
export interface NamedFlow {
  name: string;
  document: FlowDocument;
}

/** One block of a flow. */
export interface FlowAction {
  Identifier: string;
  Type: string;
  Parameters: Record<string, unknown>;
  Transitions: Transitions;
}

export interface Transitions {
  NextAction?: string;
  /** In the order written. */
  Errors: { NextAction: string; ErrorType: string }[];
  /** Tried in order; the first one that matches wins. */
  Conditions: { NextAction: string; Condition: { Operator: string; Operands: string[] } }[];
}

/** A part of a document that does not have the form of a flow. */
export interface ShapeProblem {
  /** Where, such as `Actions[3].Transitions`. */
  path: string;
  /** Identifier of the block, if it is in a block that has one. */
  block?: string;
  /** What was found and what was expected, a sentence without a full stop. */
  message: string;
}

/** A text that contains no flow at all. The message is for whoever gave the file. */
export class UnreadableFlowError extends Error {
  override readonly name = 'UnreadableFlowError';
}

/**
 * Parses the text of a flow file. Whatever does not have the form of a flow is left out and listed in `problems`, so that the rest
 * can still be checked.
 *
 * Throws `UnreadableFlowError` if there is no JSON object, one that is nested deeper than any flow, one in the flow
 * designer's older export format, or text that was not written in UTF-8.
 */
export function readFlow(text: string): { flow: FlowDocument; problems: ShapeProblem[] } {
  let json: unknown;
  // What a decoder inserts for bytes that it cannot decode; it would be read aloud.
  if (text.includes('\uFFFD')) throw new UnreadableFlowError('is not written in UTF-8: save it in UTF-8');
  try {
    json = parseJson(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.replace(/\s+/g, ' ') : '';
    const json = why.startsWith("Unexpected token '/'") ? 'JSON, which has no comments' : 'JSON';
    throw new UnreadableFlowError(`is not ${json}: ${why}`, { cause });
  }
  if (!isObject(json)) throw new UnreadableFlowError('is no flow: expected a JSON object with Version and Actions');
  for (const key of ['ContactFlow', 'ContactFlowModule']) {
    const answer = json[key];
    if (isObject(answer) && typeof answer.Content === 'string') {
      throw new UnreadableFlowError(
        `is an answer of Amazon Connect about a flow: the flow is the text in ${key}.Content, save that in a file of its own`,
      );
    }
  }
  if (Array.isArray(json.modules) && json.Actions === undefined) {
    throw new UnreadableFlowError(
      "is in the flow designer's export format from before 2021: import it in the designer and export it again",
    );
  }
  if (isDeeperThan(MOST_LEVELS, json)) {
    throw new UnreadableFlowError(`is no flow: it is nested more than ${MOST_LEVELS} levels deep`);
  }
  return shapeFlow(json);
}

/** Flows have about ten. Everything that walks through values may use recursion. */
const MOST_LEVELS = 100;

function isDeeperThan(levels: number, json: unknown): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; depth <= levels; depth += 1) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function shapeFlow(json: Record<string, unknown>): { flow: FlowDocument; problems: ShapeProblem[] } {
  const problems: ShapeProblem[] = [];
  const report = (path: string, found: unknown, expected: string, block?: string): void => {
    problems.push({
      path,
      message: `found ${show(found)}, expected ${expected}`,
      ...(block !== undefined && { block }),
    });
  };

  for (const key of Object.keys(json)) {
    if (!FLOW_FIELDS.includes(key)) {
      report(
        key,
        json[key],
        fieldInstead(key, FLOW_FIELDS, 'no such field: a flow has Version, StartAction, Metadata and Actions'),
      );
    }
  }
  if (json.Version !== '2019-10-30') report('Version', json.Version, '"2019-10-30"');
  if (typeof json.StartAction !== 'string' || json.StartAction === '')
    report('StartAction', json.StartAction, 'the Identifier of a block');
  if (!Array.isArray(json.Actions)) report('Actions', json.Actions, 'a list of blocks');
  if (json.Metadata !== undefined && !isObject(json.Metadata)) report('Metadata', json.Metadata, 'an object');
  if (json.Settings !== undefined && !isObject(json.Settings)) report('Settings', json.Settings, 'an object');

  const actions = Array.isArray(json.Actions) ? json.Actions : [];
  const flow: FlowDocument = {
    Version: String(json.Version ?? ''),
    StartAction: typeof json.StartAction === 'string' ? json.StartAction : '',
    Actions: actions.flatMap((action, index) => shapeAction(action, `Actions[${index}]`, report)),
    ...(isObject(json.Metadata) && { Metadata: json.Metadata }),
    ...(isObject(json.Settings) && { Settings: json.Settings }),
  };
  return { flow, problems };
}

const FLOW_FIELDS = ['Version', 'StartAction', 'Actions', 'Metadata', 'Settings'];
const BLOCK_FIELDS = ['Identifier', 'Type', 'Parameters', 'Transitions'];
const TRANSITION_FIELDS = ['NextAction', 'Errors', 'Conditions'];

/** What is expected instead of an unknown field; by far the most differ in case. */
function fieldInstead(key: string, fields: readonly string[], otherwise = 'no such field'): string {
  const meant = fields.find((field) => field.toLowerCase() === key.toLowerCase());
  return meant === undefined ? otherwise : `the name ${meant}, which is written with a capital`;
}

type Report = (path: string, found: unknown, expected: string, block?: string) => void;

function shapeAction(action: unknown, path: string, report: Report): FlowAction[] {
  if (!isObject(action)) {
    report(path, action, 'a block: an object with Identifier, Type, Parameters and Transitions');
    return [];
  }
  const { Identifier, Type, Parameters = {}, Transitions = {} } = action;
  const block = typeof Identifier === 'string' && Identifier !== '' ? Identifier : undefined;
  for (const key of Object.keys(action)) {
    if (!BLOCK_FIELDS.includes(key)) report(`${path}.${key}`, action[key], fieldInstead(key, BLOCK_FIELDS), block);
  }
  if (typeof Identifier !== 'string' || Identifier === '') {
    // One that differs in case has already been reported.
    if (!Object.keys(action).some((key) => key.toLowerCase() === 'identifier' && key !== 'Identifier')) {
      report(`${path}.Identifier`, Identifier, 'a name for the block');
    }
    return [];
  }
  if (typeof Type !== 'string' || Type === '') {
    report(`${path}.Type`, Type, 'the type of the block', Identifier);
    return [];
  }
  if (!isObject(Parameters)) report(`${path}.Parameters`, Parameters, 'an object', Identifier);
  return [
    {
      Identifier,
      Type,
      Parameters: isObject(Parameters) ? Parameters : {},
      Transitions: shapeTransitions(Transitions, `${path}.Transitions`, (at, found, expected) =>
        report(at, found, expected, Identifier),
      ),
    },
  ];
}

function shapeTransitions(transitions: unknown, path: string, report: Report): Transitions {
  if (!isObject(transitions)) {
    report(path, transitions, 'an object with NextAction, Errors and Conditions');
    return { Errors: [], Conditions: [] };
  }
  const { NextAction, Errors = [], Conditions = [] } = transitions;
  for (const key of Object.keys(transitions)) {
    if (!TRANSITION_FIELDS.includes(key))
      report(`${path}.${key}`, transitions[key], fieldInstead(key, TRANSITION_FIELDS));
  }
  if (NextAction !== undefined && typeof NextAction !== 'string') {
    report(`${path}.NextAction`, NextAction, 'the Identifier of a block');
  }
  if (!Array.isArray(Errors)) report(`${path}.Errors`, Errors, 'a list');
  if (!Array.isArray(Conditions)) report(`${path}.Conditions`, Conditions, 'a list');
  return {
    ...(typeof NextAction === 'string' && { NextAction }),
    Errors: (Array.isArray(Errors) ? Errors : []).flatMap((error, index) => {
      if (isObject(error) && typeof error.NextAction === 'string' && typeof error.ErrorType === 'string') {
        return [{ NextAction: error.NextAction, ErrorType: error.ErrorType }];
      }
      report(`${path}.Errors[${index}]`, error, '{"NextAction": "…", "ErrorType": "…"}');
      return [];
    }),
    Conditions: (Array.isArray(Conditions) ? Conditions : []).flatMap((entry, index) => {
      const condition = isObject(entry) && isObject(entry.Condition) ? entry.Condition : {};
      const { Operator, Operands } = condition;
      if (
        isObject(entry) &&
        typeof entry.NextAction === 'string' &&
        typeof Operator === 'string' &&
        Array.isArray(Operands) &&
        Operands.every((operand) => typeof operand === 'string')
      ) {
        return [{ NextAction: entry.NextAction, Condition: { Operator, Operands } }];
      }
      if (Array.isArray(Operands) && Operands.some((operand) => ['number', 'boolean'].includes(typeof operand))) {
        const texts = JSON.stringify(Operands.map((operand) => String(operand)));
        report(`${path}.Conditions[${index}].Condition.Operands`, Operands, `texts in quotes, ${texts}`);
        return [];
      }
      const expected = '{"NextAction": "…", "Condition": {"Operator": "Equals", "Operands": ["…"]}}';
      report(`${path}.Conditions[${index}]`, entry, expected);
      return [];
    }),
  };
}

/** Was this Identifier generated by the flow designer? Then it is a UUID and tells a reader nothing. */
export const isMadeUp = (identifier: string): boolean =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(identifier);

/** A JSON object: not a list, not null. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
