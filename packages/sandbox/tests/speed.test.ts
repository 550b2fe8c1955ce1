import { expect, it } from 'vitest';
import { readService } from '../service.ts';
import { atSpeed } from '../speed.ts';

const settingsOf = ({ stage }: ReturnType<typeof readService>) => JSON.parse(stage.environment.STAGE_SETTINGS ?? '');

it('functions are told how fast agents live, and give out turns as fast; nothing else is changed', () => {
  const service = readService('local', 0);
  const settings = settingsOf(service);
  expect(settings).not.toHaveProperty('speed');
  expect(settingsOf(atSpeed(10, service))).toEqual({
    ...settings,
    pacing: { ...settings.pacing, callsPerSecond: 10 * settings.pacing.callsPerSecond },
    speed: 10,
  });
});
