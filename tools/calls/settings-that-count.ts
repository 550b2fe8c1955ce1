import type { Limits } from '../../domain/stage-settings.ts';
import type { Target } from './target.ts';

/** The settings in force at a stage. */
interface SettingsThatCount {
  /** The limits of the stage, and their replacements. */
  limits: Limits;
  /** Must customers press 1 before they reach an agent? */
  pressToConnect: boolean;
}

/** The configuration of the stage's functions with the switched values; the stage file's if the functions' cannot be read. */
export async function settingsThatCount({ runningSettings, controls, stage }: Target): Promise<SettingsThatCount> {
  const [running, { limits: replaced }] = await Promise.all([runningSettings(), controls.read()]);
  const { limits, connect } = running ?? stage.file;
  // An older version does not have every limit.
  return {
    limits: { ...stage.file.limits, ...limits, ...replaced },
    pressToConnect: connect.pressToConnect,
  };
}
