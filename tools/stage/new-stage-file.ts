import { UsageError } from 'connect-flow-kit/command-line';
import { parse } from 'yaml';
import { checkStage } from '../../resources/check-stage.ts';
import { FieldMissing, hasField, type StageChange, stageOfModel } from './stage-of-model.ts';

/**
 * The text of a new stage file, like another one but for what is told. It has been checked. Throws `StageSettingsError` with
 * what is wrong with it, and `UsageError` where the other file cannot be taken as a model.
 */
export function newStageFile(model: string, modelName: string, stage: string, changes: readonly StageChange[]): string {
  const all = [...changes.filter((change) => saysSomething(model, change)), ...queuesOf(model, changes)];
  const text = textOf(model, modelName, stage, all);
  checkStage(parse(text), stage);
  return text;
}

/** What a stage file need not say, a model may lack. */
const saysSomething = (model: string, { path, value }: StageChange): boolean =>
  hasField(model, path) || (value !== null && value !== false);

/** What names the model's own queues: the new ones have no rules, and share their agents. */
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
    throw new UsageError(`settings/${modelName}.yml is taken as a model and says nothing of ${error.message}: add it`, {
      cause: error,
    });
  }
}
