import type { PackagedSettings } from '../../domain/created-ids.ts';
import type { Service } from './service.ts';

/**
 * The service at a speed. The clock is not faster: turns follow `speed` times as fast as the stage says, and what depends on how
 * fast agents take calls and end them is told so, or they would stand idle while people wait.
 */
export function atSpeed(speed: number, service: Service): Service {
  const { environment } = service.stage;
  const settings = JSON.parse(environment.STAGE_SETTINGS ?? '') as PackagedSettings;
  const pacing = { ...settings.pacing, callsPerSecond: settings.pacing.callsPerSecond * speed };
  const faster: PackagedSettings = { ...settings, pacing, speed };
  const STAGE_SETTINGS = JSON.stringify(faster);
  return { ...service, stage: { ...service.stage, environment: { ...environment, STAGE_SETTINGS } } };
}
