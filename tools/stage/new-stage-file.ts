import { UsageError } from 'connect-flow-kit/command-line';
import { parse } from 'yaml';
import { checkStage } from '../../resources/check-stage.ts';
import { FieldMissing, hasField, type StageChange, stageOfModel } from './stage-of-model.ts';

/**
 * The checked text of a new stage file: a copy of another one with changes. Throws `StageSettingsError` with what is wrong with
 * it, and `UsageError` if the other file cannot serve as a model.
 */
export function newStageFile(model: string, modelName: string, stage: string, changes: readonly StageChange[]): string {
  const all = [...changes.filter((change) => saysSomething(model, change)), ...queuesOf(model, changes)];
  const text = textOf(model, modelName, stage, all);
  checkStage(parse(text), stage);
  return text;
}

/** A model may lack optional fields. */
const saysSomething = (model: string, { path, value }: StageChange): boolean =>
  hasField(model, path) || (value !== null && value !== false);

/** Fields that refer to the model's own queues: the new ones have no rules, and share their agents. */
function queuesOf(model: string, changes: readonly StageChange[]): StageChange[] {
  const { value } = changes.find(({ path }) => path.join('.') === 'connect.queues') ?? {};
  const all: StageChange[] = [
    { path: ['routing', 'rules'], value: [] },
    { path: ['agents', 'pools'], value: [Object.keys(Object(value))] },
  ];
  return all.filter(({ path }) => hasField(model, path));
}

function textOf(model: string, modelName: string, stage: string, changes: readonly StageChange[]): string {
  try {
    return stageOfModel(model, stage, changes);
  } catch (error) {
    if (!(error instanceof FieldMissing)) throw error;
    throw new UsageError(`settings/${modelName}.yml is the model for new stages and lacks ${error.message}: add it`, {
      cause: error,
    });
  }
}
