import type { StageFile } from '../../domain/stage-file.ts';
import { type AlarmProperties, watchedBy } from '../resources/stage-alarms.ts';

/** What a setting of the group `alarms` is called where it is not called as its alarm is. */
const SETTINGS: Record<string, string> = {
  RequestsUnusable: 'unusable',
  RequestsRefused: 'refused',
  KarteReportsLate: 'karteUnreachableMinutes',
  CallingStopped: 'callingStoppedHours',
};

/** Alarms that a stage has only where it does something. */
const WHERE: Record<string, string> = {
  NightNotServed: '`whenClosed.do: wait`',
  PromisesBroken: '`appointments` / `offerCallBack`',
  KarteReportsLate: '`reportToKarte`',
};

/** In minutes or hours. */
const time = (seconds: number): string => (seconds % 3_600 === 0 ? `${seconds / 3_600} h` : `${seconds / 60} min`);

/**
 * The row of docs/alarms.md about an alarm of the stage dev.
 *
 * @param settings whose defaults the page shows
 */
export function alarmRow(id: string, alarm: AlarmProperties, settings: StageFile['alarms']): string {
  const name = id.replace(/Alarm$/, '');
  const section = alarm.AlarmName.replace('karte-connect-call-dev-', '');
  const [en = '', ja = ''] = alarm.AlarmDescription.split('\n');
  const metrics = watchedBy(alarm);
  const names = [
    ...new Set(
      metrics.map(({ Namespace, MetricName }) => `${Namespace.replace('karte-connect-call-dev', 'own')} ${MetricName}`),
    ),
  ];
  const setting = SETTINGS[name] ?? name.charAt(0).toLowerCase() + name.slice(1);
  const preset = (settings as Record<string, unknown>)[setting];
  const shown =
    preset === undefined ? '' : `\`${setting}: ${JSON.stringify(preset).replaceAll('"', '').replaceAll(',', ', ')}\``;
  const period = alarm.Period ?? alarm.Metrics?.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period ?? 0;
  const where = WHERE[name] ? ` (${WHERE[name]})` : '';
  return `| [\`${section}\`](runbook.md#${section})${where} | ${en} | ${ja} | ${names.join(', ')} | ${time(period * (alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods))} | ${shown} |`;
}
