import type { Limits } from '../../../../domain/stage-settings.ts';
import type { StageView } from '../protocol.ts';
import { TEXTS } from './board-texts.ts';
import { SETTING_WORDS } from './code-words.ts';
import { useSay } from './language.tsx';
import { Foreign, Panel } from './parts.tsx';

interface Props {
  settings: StageView['settings'];
  /** With what was changed at run time. */
  limits: Limits;
}

/** What the stage's file says, for anyone who looks for the reason of an outcome. */
export function StageSettingsPanel({ settings, limits }: Props) {
  const say = useSay();
  const groups = Object.keys(SETTING_WORDS) as (keyof StageView['settings'])[];
  return (
    <Panel id="settings" title={TEXTS.settings} help={TEXTS.settingsHelp}>
      <div class="settings">
        {groups.map((group) => (
          <section key={group} aria-label={say(SETTING_WORDS[group])}>
            <h3>
              {say(SETTING_WORDS[group])} <code>{group}</code>
            </h3>
            {settings[group] === null && <p class="empty">{say(TEXTS.none)}</p>}
            <dl class="fields">
              {Object.entries(settings[group] ?? {}).map(([name, value]) => {
                const current = group === 'limits' ? limits[name as keyof Limits] : value;
                return (
                  <div key={name}>
                    <dt>
                      <code>{name}</code>
                    </dt>
                    <dd>
                      <Foreign text={textOf(value, say(TEXTS.none))} />
                      {current !== value && (
                        <strong class="changed">
                          {' '}
                          ({say(TEXTS.inForce)}: {textOf(current, say(TEXTS.none))})
                        </strong>
                      )}
                    </dd>
                  </div>
                );
              })}
            </dl>
          </section>
        ))}
      </div>
    </Panel>
  );
}

/** A value as a person reads it: lists by commas, rules and pools as JSON. */
function textOf(value: unknown, none: string): string {
  if (value === null || (Array.isArray(value) && value.length === 0)) return none;
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
