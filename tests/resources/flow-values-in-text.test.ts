import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { flowStageNamed, flowValuesIn } from '../../resources/flow-stage.ts';
import { PROJECT } from '../run-command.ts';

describe('the flow values of a stage file', () => {
  it('are those of the stage', () => {
    const text = readFileSync(join(PROJECT, 'settings/dev.yml'), 'utf8');
    expect(flowValuesIn(text, 'dev')).toEqual(flowStageNamed('dev').flowValues);
  });

  it.each([
    [
      'that is of another time: what is written',
      'connect: { flowValues: { CompanyName: サンプル窓口 } }\nold: 1',
      'サンプル窓口',
    ],
    ['without any', 'connect: {}', undefined],
    ['that is none', 'connect: [', undefined],
  ])('%s', (_, text, company) => {
    expect(flowValuesIn(text, 'dev').CompanyName).toBe(company);
  });
});
