import { CATALOGUE, nextOf } from '../catalogue/catalogue.ts';
import type { ActionForm, ActionSpec } from '../catalogue/spec.ts';
import { fieldsSchema, givenSchema, type JsonSchema, VALUE_DEFINITIONS } from './value-schema.ts';

/**
 * A JSON Schema of the flow language, generated from the catalogue: with it, editors complete types, parameters, error types and
 * words, and show while somebody types what Amazon Connect would refuse. It knows one block at a time; the linter knows the
 * whole flow. It refuses a type that is not in the catalogue, whether invented or newer: in an editor that is a warning, as
 * it is in the linter if nothing shows what it should have been. It is draft 7, the newest that every editor supports.
 */
export const flowLanguageSchema = (): JsonSchema => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Amazon Connect flow',
  description: 'The content of a flow, as Amazon Connect accepts it and the flow designer exports it.',
  type: 'object',
  properties: {
    Version: { const: '2019-10-30' },
    StartAction: { type: 'string', minLength: 1, description: 'Identifier of the block that a call starts with.' },
    Actions: { type: 'array', items: { $ref: '#/definitions/block' }, description: 'The blocks of the flow.' },
    Metadata: { type: 'object', description: 'Layout and names of the flow designer. No effect on a call.' },
    Settings: { type: 'object', description: 'Only in a flow module: its input, output and results.' },
  },
  required: ['Version', 'StartAction', 'Actions'],
  additionalProperties: false,
  definitions: { ...VALUE_DEFINITIONS, block: blockSchema() },
});

function blockSchema(): JsonSchema {
  const specs = [...CATALOGUE.values()];
  return {
    type: 'object',
    properties: {
      Identifier: { type: 'string', minLength: 1, description: 'Name of the block, unique within the flow.' },
      Type: {
        description:
          'Type of the block. One that is not suggested here is misspelt, made up, or newer than this schema.',
        anyOf: specs.map((spec) => ({ const: spec.type, ...aboutBlock(spec) })),
      },
      Parameters: { type: 'object' },
      Transitions: TRANSITIONS,
    },
    required: ['Identifier', 'Type'],
    additionalProperties: false,
    allOf: specs.map((spec) => ({
      if: { properties: { Type: { const: spec.type } }, required: ['Type'] },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
      then: formsSchema(spec, spec.forms),
    })),
  };
}

const TRANSITIONS: JsonSchema = {
  type: 'object',
  properties: {
    NextAction: { type: 'string', description: 'Identifier of the block to continue with.' },
    Errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { NextAction: { type: 'string' }, ErrorType: { type: 'string' } },
        required: ['NextAction', 'ErrorType'],
      },
    },
    Conditions: {
      type: 'array',
      description: 'Tried in order; the first one that matches wins.',
      items: {
        type: 'object',
        properties: {
          NextAction: { type: 'string' },
          Condition: {
            type: 'object',
            properties: { Operator: { type: 'string' }, Operands: { type: 'array', items: { type: 'string' } } },
            required: ['Operator', 'Operands'],
          },
        },
        required: ['NextAction', 'Condition'],
      },
    },
  },
  additionalProperties: false,
};

/** The first form whose `when` matches applies, as in `formOf` of the catalogue. */
function formsSchema(spec: ActionSpec, [form, ...others]: readonly ActionForm[]): JsonSchema {
  if (!form) return {};
  const required = requiredTransitions(spec, form);
  const own = {
    ...aboutBlock(spec),
    properties: formProperties(form, required),
    ...(required.length > 0 && { required: ['Transitions'] }),
  };
  if (others.length === 0 || form.when === undefined) return own;
  const given = { allOf: form.when.map(givenSchema) };
  return {
    if: { properties: { Parameters: given }, required: ['Parameters'] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: own,
    else: formsSchema(spec, others),
  };
}

/** The required fields of Transitions. */
const requiredTransitions = (spec: ActionSpec, form: ActionForm): string[] => [
  ...(['followed', 'written'].includes(nextOf(spec, form)) ? ['NextAction'] : []),
  ...(requiredErrors(form).length > 0 ? ['Errors'] : []),
];

/** Error types that must have a branch in every type of flow. */
function requiredErrors({ errors: { required, refusedIn = {} } }: ActionForm): string[] {
  const refused = Object.values(refusedIn).flat();
  return required.filter((type) => !refused.includes(type));
}

const hasBranchFor = (type: string): JsonSchema => ({
  contains: { type: 'object', properties: { ErrorType: { const: type } }, required: ['ErrorType'] },
});

function formProperties(form: ActionForm, required: readonly string[]): JsonSchema {
  const { parameters, errors, conditions } = form;
  const branches = requiredErrors(form).map(hasBranchFor);
  const errorTypes = [...new Set(Object.values(errors).flatMap((types) => (Array.isArray(types) ? types : [])))];
  const condition = {
    properties: {
      Operator: proposed(conditions?.operators ?? []),
      Operands: { items: proposed(conditions?.operands ?? []) },
    },
  };
  return {
    Parameters: fieldsSchema(parameters),
    Transitions: {
      properties: {
        Errors: {
          items: { properties: { ErrorType: proposed(errorTypes) } },
          ...(branches.length > 0 && { allOf: branches }),
        },
        ...(conditions && { Conditions: { items: { properties: { Condition: condition } } } }),
      },
      ...(required.length > 0 && { required }),
    },
  };
}

/** Words that an editor suggests; which ones are refused depends on more than the block, so only the linter can tell. */
const proposed = (words: readonly string[]): JsonSchema =>
  words.length === 0 ? {} : { anyOf: [{ enum: words }, { type: 'string' }] };

/** `markdownDescription` is an extension of VS Code: a description that needs no escapes and can contain a link. */
function aboutBlock({ block, sources }: ActionSpec): JsonSchema {
  const page = sources.find(({ kind }) => kind === 'doc')?.note;
  const name = `The block "${block}".`;
  return page === undefined
    ? { description: name }
    : { description: `${name} ${page}`, markdownDescription: `${name} [Documentation](${page})` };
}
