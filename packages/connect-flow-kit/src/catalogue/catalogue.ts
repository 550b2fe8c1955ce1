import { isObject } from '../document.ts';
import { CONTACT_ACTIONS } from './contact-actions.ts';
import { CUSTOMER_RECORD_ACTIONS } from './customer-record-actions.ts';
import { DATA_TABLE_ACTIONS } from './data-table-actions.ts';
import { FLOW_CONTROL_ACTIONS } from './flow-control-actions.ts';
import { INTERACTION_ACTIONS } from './interaction-actions.ts';
import { MESSAGE_ACTIONS } from './message-actions.ts';
import { PARTICIPANT_ACTIONS } from './participant-actions.ts';
import { SIDE_CONTACT_ACTIONS } from './side-contact-actions.ts';
import type { ActionForm, ActionSpec, Given, NextSpec } from './spec.ts';
import { TRANSFER_ACTIONS } from './transfer-actions.ts';

/** Every known action type, by type. Linter, simulator, review and diff read only this. */
export const CATALOGUE: ReadonlyMap<string, ActionSpec> = new Map(
  [
    ...CONTACT_ACTIONS,
    ...TRANSFER_ACTIONS,
    ...PARTICIPANT_ACTIONS,
    ...FLOW_CONTROL_ACTIONS,
    ...INTERACTION_ACTIONS,
    ...CUSTOMER_RECORD_ACTIONS,
    ...DATA_TABLE_ACTIONS,
    ...MESSAGE_ACTIONS,
    ...SIDE_CONTACT_ACTIONS,
  ].map((spec) => [spec.type, spec]),
);

/** The form of an action, as its parameters show. */
export function formOf(spec: ActionSpec, parameters: Readonly<Record<string, unknown>>): ActionForm {
  return spec.forms.find(({ when = [] }) => when.every((given) => holds(given, parameters))) ?? spec.forms[0];
}

function holds({ parameter, is }: Given, parameters: Readonly<Record<string, unknown>>): boolean {
  const value = parameter
    .split('.')
    .reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), parameters);
  if (is === true) return value !== undefined;
  const values = [value].flat().map((one) => String(one).toLowerCase());
  return is.some((word) => values.includes(word.toLowerCase()));
}

/** Can a call take NextAction of this block? A block of an unknown type is assumed to continue along it. */
export function followsNext(type: string, parameters: Readonly<Record<string, unknown>>): boolean {
  const spec = CATALOGUE.get(type);
  return spec === undefined || nextOf(spec, formOf(spec, parameters)) === 'followed';
}

/** What NextAction means for a block of this type and form. */
export const nextOf = (spec: ActionSpec, form: ActionForm): NextSpec => form.next ?? spec.next;

/** Is a block of this type known only by name, so that its parameters and branches are not checked? */
export const isKnownByNameOnly = ({ forms: [form] }: ActionSpec): boolean =>
  form.parameters.open === true && Object.keys(form.parameters.fields).length === 0 && form.when === undefined;
