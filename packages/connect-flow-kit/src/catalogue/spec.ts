import type { FlowType } from '../flow-types.ts';

/**
 * Where a fact comes from, and how far it can be trusted.
 *
 * Something is *doubtful* if two sources of one kind disagree: one page of the documentation allows it and another does
 * not, or one project saw it refused and another saw it accepted. Something doubtful is worth a warning, but never an error.
 */
export interface Source {
  /**
   * `live`: what public projects saw the real service accept or refuse. `exports`: counted over flows exported from real
   * instances. `doc`: AWS documentation. If they disagree, live wins.
   */
  kind: 'live' | 'exports' | 'doc';
  /** Page, or what was observed. */
  note: string;
}

/** What a value of a parameter may be. Every scalar is written as a JSON string; whole numbers are tolerated. */
export type ValueSpec =
  /** Text for people; may contain any number of `$.…` references. */
  | { kind: 'text' }
  /** Speech markup, `<speak>…</speak>`. */
  | { kind: 'ssml' }
  /**
   * One of a few words. `dynamic`: one reference may take its place. `doubtfulOthers`: other words are doubtful, except
   * for those that were seen `refused`.
   */
  | {
      kind: 'word';
      oneOf: readonly string[];
      ignoreCase?: boolean;
      dynamic?: boolean;
      doubtfulOthers?: true;
      refused?: readonly string[];
    }
  /** A whole number, bounds included. `doubtfulAbove`: a larger one, up to `to`, is doubtful. */
  | { kind: 'number'; from: number; to: number; dynamic?: boolean; doubtfulAbove?: number }
  /** Exactly one reference and nothing else. */
  | { kind: 'reference' }
  /** Id or ARN of something that must exist on the instance, or one reference. */
  | { kind: 'resource'; resource: string; dynamic: boolean }
  /** Any text that is not empty; `pattern` is what it must match unless it is a reference. */
  | { kind: 'value'; dynamic: boolean; pattern?: string; expected?: string }
  | ({ kind: 'object' } & FieldsSpec)
  /** Keys chosen by the author of the flow. */
  | {
      kind: 'map';
      values: ValueSpec;
      maxEntries?: number;
      keyPattern?: string;
      keyExpected?: string;
    }
  | { kind: 'list'; items: ValueSpec; minItems?: number; maxItems?: number }
  /**
   * Not checked except for empty texts, which are refused everywhere. `doubtfulEmptyTexts`: here they are doubtful;
   * `doubtfulUnlessText`: so is anything that is neither a text nor a number.
   */
  | { kind: 'any'; doubtfulEmptyTexts?: true; doubtfulUnlessText?: true };

/** The fields of an object: a closed set unless `open`. */
export interface FieldsSpec {
  fields: Readonly<Record<string, ValueSpec>>;
  required?: readonly string[];
  /** Exactly one of each group is present. */
  exactlyOne?: readonly (readonly string[])[];
  atMostOne?: readonly (readonly string[])[];
  atLeastOne?: readonly (readonly string[])[];
  /** At least one of each group is present; it is doubtful whether none is refused. */
  doubtfulAtLeastOne?: readonly (readonly string[])[];
  /** It is doubtful whether the service refuses the block without these. */
  doubtfullyRequired?: readonly string[];
  /** Names that are often written but refused → the field they mean. */
  mistaken?: Readonly<Record<string, string>>;
  /**
   * Further fields. Missing: they are refused. `true`: they are not checked, since the set is not known well enough.
   * `doubtful`: the block has settings whose names no source gives, so an unknown field may be one of them,
   * and may replace one that is otherwise required.
   */
  open?: true | 'doubtful';
  /** Names that were seen refused, while others are doubtful. */
  refused?: readonly string[];
}

interface ConditionSpec {
  operators: readonly string[];
  /** The operands allowed, each at most once; if missing, any. */
  operands?: readonly string[];
  /** Operands that must all be present. */
  requiredOperands?: readonly string[];
  /** Further operands are doubtful: the block has results whose spelling no source gives. */
  doubtfulOthers?: true;
  /** An operand must match this. */
  operandPattern?: string;
  operandExpected?: string;
  min: number;
  max?: number;
}

/** A parameter has one of the values, or has one in its list; `true`: it is present. */
export interface Given {
  /** Such as `StoreInput` or `InputValidation.PhoneNumberValidation`. */
  parameter: string;
  is: readonly string[] | true;
}

/** The error types of a block: a closed set unless `open`. */
interface ErrorsSpec {
  required: readonly string[];
  /** The flow designer now always writes them; older flows without them are still accepted. */
  expected?: readonly string[];
  optional?: readonly string[];
  /** Types that a flow of this type refuses, required or not. */
  refusedIn?: Partial<Record<FlowType, readonly string[]>>;
  /** Further error types are not checked, since not all of them are known. */
  open?: true;
}

/** What a block looks like; some types have several forms, distinguished by parameters. */
export interface ActionForm {
  /** This form applies if all of these hold. The form without `when` is last. */
  when?: readonly Given[];
  parameters: FieldsSpec;
  errors: ErrorsSpec;
  /** Missing: no conditions are allowed. */
  conditions?: ConditionSpec;
  /** Parameters that the flow designer writes but the API refuses. */
  designerOnly?: readonly string[];
  /** How it differs from the other forms. */
  next?: NextSpec;
  /** Flow types in which this form is doubtful, besides those of the spec. */
  doubtfulIn?: readonly FlowType[];
}

/**
 * `followed`: NextAction is required, and taken if nothing else applies. `written`: it is required but never taken: either
 * conditions and errors exhaust the cases, or success ends the flow. `optional`: it may be missing and is never taken.
 * `none`: the block ends the flow and has no transitions.
 */
export type NextSpec = 'followed' | 'written' | 'optional' | 'none';

export interface ActionSpec {
  type: string;
  /** The block's name in the flow designer. */
  block: string;
  /** Where the block is allowed. */
  flowTypes: readonly FlowType[];
  /** Where it is doubtful. Flow types in neither list refuse it. */
  doubtfulIn?: readonly FlowType[];
  next: NextSpec;
  /** Tried in order. */
  forms: readonly [ActionForm, ...ActionForm[]];
  sources: readonly Source[];
}
