import type { PackagedSettings } from '../../domain/created-ids.ts';
import type { Service } from './service.ts';

/** The service with turns that follow `speed` times as fast as the stage says: the clock they are told by is not faster. */
export function atSpeed(speed: number, service: Service): Service {
  const { environment } = service.stage;
  const settings = JSON.parse(environment.STAGE_SETTINGS ?? '') as PackagedSettings;
  const pacing = { ...settings.pacing, callsPerSecond: settings.pacing.callsPerSecond * speed };
  const STAGE_SETTINGS = JSON.stringify({ ...settings, pacing });
  return { ...service, stage: { ...service.stage, environment: { ...environment, STAGE_SETTINGS } } };
}
