import {
  adminGuide,
  BOOLEAN,
  doc,
  EVERYWHERE,
  exports_,
  live,
  NO_MATCHING_ERROR,
  OPEN_FORM,
  resource,
  TEXT_OR_REFERENCE,
} from './shared.ts';
import type { ActionForm, ActionSpec, FieldsSpec, ValueSpec } from './spec.ts';

/** Names of the company's own case or profile fields, and what they are set to. */
const RECORD_FIELDS: ValueSpec = { kind: 'map', values: { kind: 'any' } };
const FIELD_NAMES: ValueSpec = { kind: 'list', items: TEXT_OR_REFERENCE };

/** `LinkContactToCase`, and which contact is linked; the designer writes `ContactToLink`, which no page names. */
const LINK: Record<string, ValueSpec> = {
  LinkContactToCase: BOOLEAN,
  ContactToLink: { kind: 'word', oneOf: ['Current', 'Related'], dynamic: true, doubtfulOthers: true },
};

const CASES_BLOCK = adminGuide('cases-block');
const CONTACT_TO_LINK = exports_('an export of all blocks has ContactToLink "Current"');

/** The two forms of a block about cases: if it links the contact to the case, one more thing can fail. */
const caseForms = (parameters: FieldsSpec, errors: readonly string[]): readonly [ActionForm, ActionForm] => [
  {
    when: [{ parameter: 'LinkContactToCase', is: ['True'] }],
    parameters,
    errors: { required: ['ContactNotLinked', ...errors] },
  },
  { parameters, errors: { required: errors } },
];

/** A request about a profile with these fields; the rest of it is not checked. */
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
          ...LINK,
          CaseTemplateId: resource('case template'),
          CaseRequestFields: RECORD_FIELDS,
        },
        required: ['LinkContactToCase', 'CaseTemplateId'],
      },
      ['NoMatchingError'],
    ),
    sources: [
      doc('createcase'),
      CASES_BLOCK,
      live('a parameter Fields is refused', 'aicc'),
      exports_('2 of 2 have ContactNotLinked exactly where LinkContactToCase is true'),
      CONTACT_TO_LINK,
    ],
  },
  {
    type: 'GetCase',
    block: 'Cases',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: caseForms(
      {
        fields: {
          ...LINK,
          GetLastUpdatedCase: BOOLEAN,
          CustomerId: TEXT_OR_REFERENCE,
          CaseRequestFields: RECORD_FIELDS,
          CaseResponseFields: { ...FIELD_NAMES, maxItems: 10 },
        },
        required: ['LinkContactToCase', 'GetLastUpdatedCase'],
        // Looks for the case of another contact, not the customer's.
        open: 'doubtful',
      },
      ['MultipleFound', 'NoneFound', 'NoMatchingError'],
    ),
    sources: [
      doc('getcase'),
      // More than 10 response fields are refused when the flow is published.
      CASES_BLOCK,
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
          fields: { ...LINK, CaseId: TEXT_OR_REFERENCE, CaseRequestFields: RECORD_FIELDS },
          required: ['CaseId'],
        },
        errors: { required: ['NoMatchingError'], optional: ['ContactNotLinked'] },
      },
    ],
    sources: [doc('updatecase'), CASES_BLOCK, CONTACT_TO_LINK],
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
        errors: { required: ['NoneFoundError', 'NoMatchingError'] },
      },
    ],
    sources: [doc('interactions-getcustomerprofileobject'), live('both errors are required', 'aicc')],
  },
  {
    type: 'UpdateCustomerProfile',
    block: 'Customer profiles',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [{ parameters: profileRequest(), errors: NO_MATCHING_ERROR }],
    sources: [doc('interactions-updatecustomerprofile'), exports_('2 of 2 have NoMatchingError, and no ProfileId')],
  },
  {
    type: 'CheckSegmentMembershipForCustomerProfile',
    block: 'Customer profiles (check segment membership)',
    flowTypes: EVERYWHERE,
    next: 'written',
    forms: [
      {
        parameters: profileRequest('ProfileId', 'SegmentName'),
        errors: NO_MATCHING_ERROR,
        conditions: {
          operators: ['Equals'],
          operands: ['True', 'False'],
          requiredOperands: ['True', 'False'],
          min: 2,
          max: 2,
        },
      },
    ],
    sources: [adminGuide('customer-profiles-block'), exports_('a saved draft has it')],
  },
  {
    type: 'CheckSegmentMembership',
    block: 'Customer profiles (check segment membership)',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [OPEN_FORM],
    // One public project sends it; another saw it refused but did not try the longer name.
    sources: [adminGuide('customer-profiles-block'), live('refused as an invalid type', 'flowAsCode')],
  },
];
