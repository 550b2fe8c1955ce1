import type { Rule } from './rule.ts';
import { ATTRIBUTE_RULES } from './rules/attributes.ts';
import { CONDITION_RULES } from './rules/conditions.ts';
import { FLOW_TYPE_RULES } from './rules/flow-types.ts';
import { JOURNEY_RULES } from './rules/journey.ts';
import { PARAMETER_RULES } from './rules/parameters.ts';
import { PROMPT_RULES } from './rules/prompts.ts';
import { SAFETY_RULES } from './rules/safety.ts';
import { STRUCTURE_RULES } from './rules/structure.ts';
import { TRANSITION_RULES } from './rules/transitions.ts';

/** Every rule; a block's findings come in this order. */
export const RULES: readonly Rule[] = [
  ...STRUCTURE_RULES,
  ...FLOW_TYPE_RULES,
  ...TRANSITION_RULES,
  ...CONDITION_RULES,
  ...PARAMETER_RULES,
  ...PROMPT_RULES,
  ...JOURNEY_RULES,
  ...ATTRIBUTE_RULES,
  ...SAFETY_RULES,
];
