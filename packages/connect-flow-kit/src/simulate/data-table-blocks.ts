import { isObject } from '../document.ts';
import { type Block, type Perform, parameter, resolved, type Work } from './block.ts';
import { NEXT } from './way-out.ts';

/**
 * Data table, evaluate: one row for each query, as `$.DataTables.<query>.<attribute>`. Those of the previous block are gone.
 * @see https://docs.aws.amazon.com/connect/latest/adminguide/data-table-block.html
 */
function* evaluate(block: Block): Work {
  const { id, action, world } = block;
  if (world.dataTable === undefined) return yield* notSimulated(block);
  const found: Record<string, unknown> = {};
  for (const { QueryName } of listOf(block, 'Queries')) {
    const name = resolved(QueryName, block.values)?.text ?? '';
    found[name] = world.dataTable(name) ?? {};
  }
  world.contact.objects = { ...world.contact.objects, DataTables: found };
  yield { kind: 'data-table', block: id, type: action.Type, found };
  return NEXT;
}

/** Data table, list: whole rows for each group, as `$.DataTableList.ResultData.primaryKeyGroups.<group>[0].attributes[0]`. */
function* list(block: Block): Work {
  const { id, action, world } = block;
  if (world.dataTable === undefined) return yield* notSimulated(block);
  const groups = listOf(block, 'PrimaryKeyGroups');
  const found: Record<string, unknown> = {};
  for (const { PrimaryKeyGroupName, PrimaryValues } of groups.length > 0 ? groups : [WHOLE_TABLE]) {
    const name = resolved(PrimaryKeyGroupName, block.values)?.text ?? '';
    const rows = world.dataTable(name);
    const keys = Array.isArray(PrimaryValues) ? PrimaryValues.filter(isObject) : [];
    found[name] = (Array.isArray(rows) ? rows : []).map((row) => ({
      primaryKeys: keys.map(({ Name, Value }) => cell(String(Name), resolved(Value, block.values)?.text)),
      attributes: Object.entries(isObject(row) ? row : {}).map(([key, value]) => cell(key, value)),
    }));
  }
  const dataTableId = parameter(block, 'DataTableId');
  const ResultData = { dataTableId, lockVersion: { dataTable: '1' }, primaryKeyGroups: found };
  world.contact.objects = { ...world.contact.objects, DataTableList: { ResultData } };
  yield { kind: 'data-table', block: id, type: action.Type, found };
  return NEXT;
}

/** Without groups, everything is loaded under this name. */
const WHOLE_TABLE: Record<string, unknown> = { PrimaryKeyGroupName: 'default' };

const cell = (attributeName: string, attributeValue: unknown) => ({ attributeName, attributeValue });

function listOf({ parameters }: Block, name: string): Record<string, unknown>[] {
  const value = parameters[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** If the case does not say what the table contains. */
function* notSimulated({ id, action }: Block): Work {
  yield { kind: 'not-simulated', block: id, type: action.Type, known: true };
  return NEXT;
}

/** Blocks that read data tables. */
export const DATA_TABLE_BLOCKS: Readonly<Record<string, Perform>> = {
  EvaluateDataTableValues: evaluate,
  ListDataTableValues: list,
};
