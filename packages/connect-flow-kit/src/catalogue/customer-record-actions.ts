import {
  BOOLEAN,
  doc,
  EVERYWHERE,
  exports_,
  NO_MATCHING_ERROR,
  OPEN_FORM,
  resource,
  TEXT_OR_REFERENCE,
} from './shared.ts';
import type { ActionForm, ActionSpec, FieldsSpec, ValueSpec } from './spec.ts';

/** Names that the firm's own case or profile fields have, and what they are set to. */
const RECORD_FIELDS: ValueSpec = { kind: 'map', values: { kind: 'any' } };
const FIELD_NAMES: ValueSpec = { kind: 'list', items: TEXT_OR_REFERENCE };

/** The two forms of a block about cases: linking the contact to the case is one more thing that can fail. */
const caseForms = (parameters: FieldsSpec, errors: readonly string[]): readonly [ActionForm, ActionForm] => [
  {
    when: [{ parameter: 'LinkContactToCase', is: ['True'] }],
    parameters,
    errors: { required: ['ContactNotLinked', ...errors] },
  },
  { parameters, errors: { required: errors } },
];

/** A request about a profile with these fields, the rest of it not looked into. */
const profileRequest = (...required: string[]): FieldsSpec => ({
  fields: {
    ProfileRequestData: {
      kind: 'object',
      fields: Object.fromEntries(required.map((name) => [name, TEXT_OR_REFERENCE])),
      required,
      open: true,
    },
    ProfileResponseData: { kind: 'any' },
  },
  required: ['ProfileRequestData'],
});

/**
 * Blocks that look up and keep records about the customer: cases and customer profiles.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/cases-block.html
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/customer-profiles-block.html
 */
export const CUSTOMER_RECORD_ACTIONS: readonly ActionSpec[] = [
  {
    type: 'CreateCase',
    block: 'Cases',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: caseForms(
      {
        fields: {
          LinkContactToCase: BOOLEAN,
          CaseTemplateId: resource('case template'),
          CaseRequestFields: RECORD_FIELDS,
        },
        required: ['LinkContactToCase', 'CaseTemplateId'],
      },
      ['NoMatchingError'],
    ),
    sources: [doc('createcase'), exports_('2 of 2 have ContactNotLinked exactly where LinkContactToCase is true')],
  },
  {
    type: 'GetCase',
    block: 'Cases',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: caseForms(
      {
        fields: {
          LinkContactToCase: BOOLEAN,
          GetLastUpdatedCase: BOOLEAN,
          CustomerId: TEXT_OR_REFERENCE,
          CaseRequestFields: RECORD_FIELDS,
          CaseResponseFields: FIELD_NAMES,
        },
        required: ['LinkContactToCase', 'GetLastUpdatedCase'],
      },
      ['MultipleFound', 'NoneFound', 'NoMatchingError'],
    ),
    sources: [
      doc('getcase'),
      exports_('2 of 2 have all of these errors, even where only the last updated case counts'),
    ],
  },
  {
    type: 'UpdateCase',
    block: 'Cases',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { LinkContactToCase: BOOLEAN, CaseId: TEXT_OR_REFERENCE, CaseRequestFields: RECORD_FIELDS },
          required: ['CaseId'],
        },
        errors: { required: ['NoMatchingError'], optional: ['ContactNotLinked'] },
      },
    ],
    sources: [doc('updatecase')],
  },
  {
    type: 'GetCustomerProfile',
    block: 'Customer profiles',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { ProfileRequestData: RECORD_FIELDS, ProfileResponseData: FIELD_NAMES },
          required: ['ProfileRequestData'],
        },
        errors: { required: ['MultipleFoundError', 'NoneFoundError', 'NoMatchingError'] },
      },
    ],
    sources: [
      doc('interactions-getcustomerprofile'),
      exports_('5 of 5 have the three errors; ProfileResponseData is a list, where the page shows an object'),
    ],
  },
  {
    type: 'CreateCustomerProfile',
    block: 'Customer profiles',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: { ProfileRequestData: RECORD_FIELDS, ProfileResponseData: FIELD_NAMES },
          required: ['ProfileRequestData'],
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('interactions-createcustomerprofile'), exports_('4 of 4, with an empty ProfileResponseData, too')],
  },
  {
    type: 'AssociateContactToCustomerProfile',
    block: 'Customer profiles',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: profileRequest('ProfileId', 'ContactId'),
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [doc('interactions-associatecontacttocustomerprofile')],
  },
  {
    type: 'GetCalculatedAttributesForCustomerProfile',
    block: 'Customer profiles',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: profileRequest('ProfileId'),
        errors: { required: ['NoMatchingError'], optional: ['NoneFoundError'] },
      },
    ],
    sources: [doc('interactions-getcalculatedattributesforcustomerprofile')],
  },
  {
    type: 'GetCustomerProfileObject',
    block: 'Customer profiles',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: profileRequest('ProfileId', 'ObjectType'),
        // The errors of this one are not confirmed.
        errors: { required: [], optional: ['MultipleFoundError', 'NoneFoundError', 'NoMatchingError'], open: true },
      },
    ],
    sources: [doc('interactions-getcustomerprofileobject')],
  },
  {
    type: 'UpdateCustomerProfile',
    block: 'Customer profiles',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [OPEN_FORM],
    sources: [doc('interactions-updatecustomerprofile')],
  },
];
