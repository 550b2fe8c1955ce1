import type { FlowType } from '../flow-types.ts';

/**
 * Where a fact comes from, and how far it can be trusted.
 *
 * A thing is *doubtful* where two sources of one kind disagree: one page of the documentation allows it and another does
 * not, or one project saw it refused and another saw it taken. A doubtful thing is worth a warning, and never an error.
 */
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
  /**
   * One of a few words. `dynamic`: one reference may take its place. `doubtfulOthers`: other words are doubtful, but
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
  /** Keys of the writer's choice. */
  | {
      kind: 'map';
      values: ValueSpec;
      maxEntries?: number;
      keyPattern?: string;
      keyExpected?: string;
    }
  | { kind: 'list'; items: ValueSpec; minItems?: number; maxItems?: number }
  /**
   * Not looked into but for empty texts, which are refused everywhere. `doubtfulEmptyTexts`: here they are doubtful;
   * `doubtfulUnlessText`: so is what is neither a text nor a number.
   */
  | { kind: 'any'; doubtfulEmptyTexts?: true; doubtfulUnlessText?: true };

/** The fields of an object: a closed set unless `open`. */
export interface FieldsSpec {
  fields: Readonly<Record<string, ValueSpec>>;
  required?: readonly string[];
  /** Of each group exactly one is there. */
  exactlyOne?: readonly (readonly string[])[];
  atMostOne?: readonly (readonly string[])[];
  atLeastOne?: readonly (readonly string[])[];
  /** Of each group at least one is there; whether none is refused is doubtful. */
  doubtfulAtLeastOne?: readonly (readonly string[])[];
  /** Whether the service refuses the block without these is doubtful. */
  doubtfullyRequired?: readonly string[];
  /** Names that are often written and refused → the field they mean. */
  mistaken?: Readonly<Record<string, string>>;
  /**
   * Further fields. Missing: they are refused. `true`: they are passed over, since the set is not known well enough.
   * `doubtful`: the block has settings of which no source tells the name, so that an unknown field may be one of them,
   * and may stand for one that is required otherwise.
   */
  open?: true | 'doubtful';
  /** Names that were seen refused, where others are doubtful. */
  refused?: readonly string[];
}

interface ConditionSpec {
  operators: readonly string[];
  /** The operands allowed, each at most once; any where it is missing. */
  operands?: readonly string[];
  /** Operands that all must be there. */
  requiredOperands?: readonly string[];
  /** Further operands are doubtful: the block has results that no source spells. */
  doubtfulOthers?: true;
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

/** The error types of a block: a closed set unless `open`. */
interface ErrorsSpec {
  required: readonly string[];
  /** The flow designer always writes them now; older flows without them are still taken. */
  expected?: readonly string[];
  optional?: readonly string[];
  /** Types that a flow of this type refuses, required or not. */
  refusedIn?: Partial<Record<FlowType, readonly string[]>>;
  /** Further error types are passed over, since not all of them are known. */
  open?: true;
}

/** What a block looks like; some types have more than one form, told apart by parameters. */
export interface ActionForm {
  /** This form is meant where all of these hold. The form without `when` is last. */
  when?: readonly Given[];
  parameters: FieldsSpec;
  errors: ErrorsSpec;
  /** Missing: no conditions are allowed. */
  conditions?: ConditionSpec;
  /** Parameters that the flow designer writes and the API refuses. */
  designerOnly?: readonly string[];
  /** Where it differs from the other forms. */
  next?: NextSpec;
  /** Flow types in which this form is doubtful, besides those of the spec. */
  doubtfulIn?: readonly FlowType[];
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
  /** Where the block is allowed. */
  flowTypes: readonly FlowType[];
  /** Where it is doubtful. Flow types in neither list refuse it. */
  doubtfulIn?: readonly FlowType[];
  next: NextSpec;
  /** Tried in order. */
  forms: readonly [ActionForm, ...ActionForm[]];
  sources: readonly Source[];
}
