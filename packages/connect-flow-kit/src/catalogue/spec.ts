import type { FlowType } from '../flow-types.ts';

/** Where a fact comes from, and how far it can be trusted. */
export interface Source {
  /**
   * `live`: what public projects saw the real service accept or refuse. `exports`: counted over flows exported from real
   * instances. `doc`: AWS documentation. Where they disagree, live counts.
   */
  kind: 'live' | 'exports' | 'doc';
  /** Page, or what was seen. */
  note: string;
}

/** What a value of a parameter may be. Every scalar is written as a JSON string; whole numbers are tolerated. */
export type ValueSpec =
  /** Text for people; may hold any number of `$.…` references. */
  | { kind: 'text' }
  /** Speech markup, `<speak>…</speak>`. */
  | { kind: 'ssml' }
  /** One of a few words. `dynamic`: one reference may stand in its place. */
  | { kind: 'word'; oneOf: readonly string[]; ignoreCase?: boolean; dynamic?: boolean }
  /** A whole number, bounds included. */
  | { kind: 'number'; from: number; to: number; dynamic?: boolean }
  /** Exactly one reference and nothing else. */
  | { kind: 'reference' }
  /** Id or ARN of something that must exist on the instance, or one reference. */
  | { kind: 'resource'; resource: string; dynamic: boolean }
  /** Any text that is not empty; `pattern` is what it must match unless it is a reference. */
  | { kind: 'value'; dynamic: boolean; pattern?: string; expected?: string }
  | ({ kind: 'object' } & FieldsSpec)
  /** Keys of the writer's choice. */
  | {
      kind: 'map';
      values: ValueSpec;
      maxEntries?: number;
      keyPattern?: string;
      keyExpected?: string;
    }
  | { kind: 'list'; items: ValueSpec; minItems?: number }
  /** Not looked into; `emptyTexts`: not even for empty texts, which are refused everywhere else. */
  | { kind: 'any'; emptyTexts?: true };

/** The fields of an object: a closed set unless `open`. */
export interface FieldsSpec {
  fields: Readonly<Record<string, ValueSpec>>;
  required?: readonly string[];
  /** Of each group exactly one is there. */
  exactlyOne?: readonly (readonly string[])[];
  atMostOne?: readonly (readonly string[])[];
  atLeastOne?: readonly (readonly string[])[];
  /** Further fields are passed over: the set is not known well enough to refuse one. */
  open?: boolean;
}

interface ConditionSpec {
  operators: readonly string[];
  /** The operands allowed, each at most once; any where it is missing. */
  operands?: readonly string[];
  /** Operands that all must be there. */
  requiredOperands?: readonly string[];
  /** An operand must match this. */
  operandPattern?: string;
  operandExpected?: string;
  min: number;
  max?: number;
}

/** A parameter has one of the values, or holds one in its list; `true`: it is there at all. */
export interface Given {
  /** Such as `StoreInput` or `InputValidation.PhoneNumberValidation`. */
  parameter: string;
  is: readonly string[] | true;
}

/** What a block looks like; some types have more than one form, told apart by parameters. */
export interface ActionForm {
  /** This form is meant where all of these hold. The form without `when` is last. */
  when?: readonly Given[];
  parameters: FieldsSpec;
  /** `open`: further error types are passed over, since not all of them are known. */
  errors: { required: readonly string[]; optional?: readonly string[]; open?: boolean };
  /** Missing: no conditions are allowed. */
  conditions?: ConditionSpec;
  /** Parameters that the flow designer writes and the API refuses. */
  designerOnly?: readonly string[];
  /** Where it differs from the other forms. */
  next?: NextSpec;
}

/**
 * `followed`: NextAction is needed, and taken where nothing else applies. `written`: it is needed and never taken: either
 * conditions and errors exhaust the cases, or success ends the flow. `optional`: it may be missing and is never taken.
 * `none`: the block ends the flow and has no transitions.
 */
export type NextSpec = 'followed' | 'written' | 'optional' | 'none';

export interface ActionSpec {
  type: string;
  /** The block's name in the flow designer. */
  block: string;
  flowTypes: readonly FlowType[];
  next: NextSpec;
  /** Tried in order. */
  forms: readonly [ActionForm, ...ActionForm[]];
  sources: readonly Source[];
}
