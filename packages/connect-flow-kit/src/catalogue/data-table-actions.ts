import { adminGuide, EVERYWHERE, exports_, live, NO_MATCHING_ERROR, resource, TEXT_OR_REFERENCE } from './shared.ts';
import type { ActionSpec, Source, ValueSpec } from './spec.ts';

/** Values of a row's primary attributes, which identify the row. */
const primaryValues = (name: string): ValueSpec => ({
  kind: 'list',
  items: {
    kind: 'object',
    fields: { [name]: TEXT_OR_REFERENCE, Value: TEXT_OR_REFERENCE },
    required: [name, 'Value'],
  },
});

const GROUP_NAME = { PrimaryKeyGroupName: TEXT_OR_REFERENCE };

/** No page has the names of the actions and their parameters; the guide gives the limits. */
const SOURCES: readonly Source[] = [
  adminGuide('data-table-block'),
  exports_('a public builder, made from exports of the designer, has these parameters'),
];

/**
 * Blocks that read and write the instance's data tables.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/data-table-block.html
 */
export const DATA_TABLE_ACTIONS: readonly ActionSpec[] = [
  {
    type: 'EvaluateDataTableValues',
    block: 'Data table (evaluate)',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            DataTableId: resource('data table'),
            Queries: {
              kind: 'list',
              items: {
                kind: 'object',
                fields: {
                  QueryName: TEXT_OR_REFERENCE,
                  Attributes: { kind: 'list', items: TEXT_OR_REFERENCE },
                  PrimaryValues: primaryValues('AttributeName'),
                },
                required: ['QueryName'],
              },
              minItems: 1,
              maxItems: 5,
            },
          },
          required: ['DataTableId', 'Queries'],
          open: 'doubtful',
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: [...SOURCES, live('NoMatchingError is required', 'aicc')],
  },
  {
    type: 'ListDataTableValues',
    block: 'Data table (list)',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            DataTableId: resource('data table'),
            // If missing: the whole table.
            PrimaryKeyGroups: {
              kind: 'list',
              items: {
                kind: 'object',
                fields: { ...GROUP_NAME, PrimaryValues: primaryValues('Name') },
                required: ['PrimaryKeyGroupName'],
              },
              maxItems: 5,
            },
          },
          required: ['DataTableId'],
          open: 'doubtful',
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: SOURCES,
  },
  {
    type: 'UpsertDataTableValues',
    block: 'Data table (write)',
    flowTypes: EVERYWHERE,
    next: 'followed',
    forms: [
      {
        parameters: {
          fields: {
            LockVersion: TEXT_OR_REFERENCE,
            DataTableId: resource('data table'),
            DataTableUpsertAttributes: {
              kind: 'list',
              items: {
                kind: 'object',
                fields: {
                  ...GROUP_NAME,
                  PrimaryValues: primaryValues('Name'),
                  Attributes: {
                    kind: 'list',
                    items: {
                      kind: 'object',
                      // UseDefaultValue is a plain true or false; with it, Value may be missing.
                      fields: { Name: TEXT_OR_REFERENCE, Value: TEXT_OR_REFERENCE, UseDefaultValue: { kind: 'any' } },
                      required: ['Name'],
                    },
                    maxItems: 25,
                  },
                },
                required: ['PrimaryKeyGroupName'],
              },
              minItems: 1,
            },
          },
          required: ['DataTableId', 'DataTableUpsertAttributes'],
          // Another way to write, with JSON of your own, is described without its name in the flow language.
          open: 'doubtful',
        },
        errors: NO_MATCHING_ERROR,
      },
    ],
    sources: SOURCES,
  },
];
