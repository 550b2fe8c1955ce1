import type { Limits } from '../../domain/stage-settings.ts';
import type { Target } from './target.ts';

/** What a stage runs with now. */
interface SettingsThatCount {
  /** The limits of the stage, and those that replace them. */
  limits: Limits;
  /** Do customers press 1 before they reach an agent? */
  pressToConnect: boolean;
}

/** What the stage's functions were told and people have switched; of the stage file where the functions cannot be asked. */
export async function settingsThatCount({ runningSettings, controls, stage }: Target): Promise<SettingsThatCount> {
  const [running, { limits: replaced }] = await Promise.all([runningSettings(), controls.read()]);
  const { limits, connect } = running ?? stage.file;
  // A version that knows a limit not yet does not tell it.
  return {
    limits: { ...stage.file.limits, ...limits, ...replaced },
    pressToConnect: connect.pressToConnect,
  };
}
