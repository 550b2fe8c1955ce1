import { describe, expect, it } from 'vitest';
import { flowOf, say } from '../src/flow-builder.ts';
import { heardAt, simulated } from './simulate-support.ts';

const ROWS = '$.DataTableList.ResultData.primaryKeyGroups';

const evaluate = {
  Type: 'EvaluateDataTableValues',
  Parameters: { DataTableId: 't', Queries: [{ QueryName: 'shop', Attributes: ['town'], PrimaryValues: [] }] },
};
const list = {
  Type: 'ListDataTableValues',
  Parameters: {
    DataTableId: 't',
    PrimaryKeyGroups: [{ PrimaryKeyGroupName: 'shops', PrimaryValues: [{ Name: 'area', Value: '$.Attributes.area' }] }],
  },
};
const wholeTable = { Type: 'ListDataTableValues', Parameters: { DataTableId: 't' } };

describe('a data table', () => {
  it.each([
    ['a query', evaluate, '$.DataTables.shop.town', { shop: { town: '東京' } }, '東京'],
    ['a query of which nothing is said', evaluate, '[$.DataTables.shop.town]', {}, '[]'],
    [
      'a group of rows',
      list,
      `${ROWS}.shops[1].attributes[0].attributeValue ${ROWS}.shops[1].primaryKeys[0].attributeValue`,
      { shops: [{ town: '東京' }, { town: '大阪' }] },
      '大阪 西',
    ],
    [
      'the whole table',
      wholeTable,
      `${ROWS}.default[0].attributes[0].attributeName $.DataTableList.ResultData.dataTableId`,
      { default: [{ town: '東京' }] },
      'town t',
    ],
  ])('is read for %s', (_name, block, text, dataTables, heard) => {
    const call = simulated(flowOf(block, say(text)), { dataTables, attributes: { area: '西' } });
    expect(heardAt(call)).toEqual([[0, heard]]);
  });

  it('is not read where nobody says what it has, which is told', () => {
    const { lines } = simulated(flowOf(evaluate, say('はい')));
    expect(lines).toContainEqual(
      expect.objectContaining({ step: expect.objectContaining({ kind: 'not-simulated', type: evaluate.Type }) }),
    );
  });
});
