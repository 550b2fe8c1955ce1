import type { Rule } from './rule.ts';
import { ANSWER_RULES } from './rules/answer-rules.ts';
import { ATTRIBUTE_RULES } from './rules/attribute-rules.ts';
import { CHARACTER_RULES } from './rules/character-rules.ts';
import { CONDITION_RULES } from './rules/condition-rules.ts';
import { FLOW_TYPE_RULES } from './rules/flow-type-rules.ts';
import { JOURNEY_RULES } from './rules/journey-rules.ts';
import { LOGGING_RULES } from './rules/logging-rules.ts';
import { MARKUP_RULES } from './rules/markup-rules.ts';
import { PARAMETER_RULES } from './rules/parameter-rules.ts';
import { PROMPT_RULES } from './rules/prompt-rules.ts';
import { RECORDING_RULES } from './rules/recording-rules.ts';
import { REFERENCE_RULES } from './rules/reference-rules.ts';
import { SAFETY_RULES } from './rules/safety-rules.ts';
import { SILENCE_RULES } from './rules/silence-rules.ts';
import { STRUCTURE_RULES } from './rules/structure-rules.ts';
import { TRANSITION_RULES } from './rules/transition-rules.ts';
import { TYPE_NAME_RULES } from './rules/type-name-rules.ts';
import { WAITING_RULES } from './rules/waiting-rules.ts';

/** Every rule; a block's findings come in this order. */
export const RULES: readonly Rule[] = [
  ...STRUCTURE_RULES,
  ...TYPE_NAME_RULES,
  ...FLOW_TYPE_RULES,
  ...TRANSITION_RULES,
  ...CONDITION_RULES,
  ...ANSWER_RULES,
  ...PARAMETER_RULES,
  ...PROMPT_RULES,
  ...CHARACTER_RULES,
  ...MARKUP_RULES,
  ...JOURNEY_RULES,
  ...SILENCE_RULES,
  ...WAITING_RULES,
  ...RECORDING_RULES,
  ...LOGGING_RULES,
  ...ATTRIBUTE_RULES,
  ...REFERENCE_RULES,
  ...SAFETY_RULES,
];
