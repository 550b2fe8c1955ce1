import { parseArgs } from 'node:util';
import { EXIT, print, UsageError } from 'connect-flow-kit/command-line';
import type { Limits } from '../../domain/stage-settings.ts';
import { loadStage, StageSettingsError } from '../../resources/load-stage.ts';
import type { CallsCommand } from './calls-command.ts';
import {
  CHANGE_HELP,
  CHANGE_OPTIONS,
  changed,
  changeOf,
  onTarget,
  printJson,
  TARGET_HELP,
  TARGET_OPTIONS,
} from './target.ts';
import { tableLines } from './terminal-table.ts';

/** Option → limit. */
const LIMITS = {
  'calls-per-number-per-day': 'callsPerNumberPerDay',
  'tries-per-number-per-day': 'triesPerNumberPerDay',
  'calls-per-day': 'callsPerDay',
  'requests-per-minute': 'requestsPerMinute',
  'max-concurrent-calls': 'maxConcurrentCalls',
  'cool-down-seconds': 'coolDownSeconds',
  'missed-pause-seconds': 'missedPauseSeconds',
  'max-call-seconds': 'maxCallSeconds',
} as const satisfies Record<string, keyof Limits>;
const NAMES = Object.keys(LIMITS) as (keyof typeof LIMITS)[];
const NUMBER = { type: 'string' } as const;

export const limits: CallsCommand = {
  summary: "shows the limits in force; changes them, or restores the stage's",
  help: `Shows the limits with which the stage's functions were deployed, the ones that replace them, and which are in
force. Changes apply from the next request on.

  npm run calls -- limits [--json]
  npm run calls -- limits --calls-per-day 200 --why "…"
  npm run calls -- limits --reset --why "…"            back to the stage's own

${NAMES.map((name) => `  --${name} N`).join('\n')}
                 a whole number, or none for no limit; for the cool-down and the pause 0
  --reset        undo every change
${CHANGE_HELP}
${TARGET_HELP}
`,
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        ...TARGET_OPTIONS,
        ...CHANGE_OPTIONS,
        'calls-per-number-per-day': NUMBER,
        'tries-per-number-per-day': NUMBER,
        'calls-per-day': NUMBER,
        'requests-per-minute': NUMBER,
        'max-concurrent-calls': NUMBER,
        'cool-down-seconds': NUMBER,
        'missed-pause-seconds': NUMBER,
        'max-call-seconds': NUMBER,
        reset: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
    });
    const asked = Object.fromEntries(
      NAMES.flatMap((name) => (values[name] === undefined ? [] : [[LIMITS[name], numberOrNone(name, values[name])]])),
    ) as Partial<Limits>;
    const sets = Object.keys(asked).length > 0;
    if (sets && values.reset) throw new UsageError('--reset undoes every change: it cannot be combined with a limit');
    const change = sets || values.reset ? changeOf(values) : undefined;

    return onTarget(values, async ({ name, stageName, stage, controls, runningSettings, timeZone }) => {
      checkRanges(stageName, asked);
      const running = await runningSettings();
      if (change) await controls.setLimits(values.reset ? {} : { ...(await controls.read()).limits, ...asked }, change);
      const { limits: replaced, changes } = await controls.read();
      const own = (running ?? stage.file).limits;
      const effective = { ...own, ...replaced };
      if (values.json) {
        printJson({ stage: own, replaced, effective, from: running ? 'functions' : 'stage file' });
        return EXIT.fine;
      }
      const show = (value: number | null | undefined) => (value === undefined ? '' : String(value ?? 'none'));
      const lines = tableLines(
        [
          { head: '', cells: NAMES },
          column("the stage's", own),
          column('replaced by', replaced),
          column('counts', effective),
        ],
        Number.POSITIVE_INFINITY,
      ).map((line) => `  ${line}`);
      const unsure = running
        ? []
        : [
            '',
            `These are from the local settings/${stageName}.yml: the configuration of the stage's functions could not be read.`,
          ];
      // Whoever gives no stage may well mean the deployed one.
      const whose = values.stage === undefined ? ['', '--stage NAME shows the limits of a deployed stage.'] : [];
      const since = changes.limits ? ['', `Changed ${changed(changes.limits, timeZone)}`] : [];
      print(`${[`Limits of ${name}`, '', ...lines, ...unsure, ...since, ...whose].join('\n')}\n`);
      return EXIT.fine;

      function column(head: string, limits: Partial<Limits>) {
        return { head, cells: NAMES.map((option) => show(limits[LIMITS[option]])), right: true };
      }
    });
  },
};

function numberOrNone(option: string, text: string): number | null {
  if (text === 'none') return null;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`--${option} is ${text}: expected a whole number, or none`);
}

/** The rules of a stage file apply to commands, too. */
function checkRanges(stageName: string, asked: Partial<Limits>): void {
  try {
    loadStage(stageName, undefined, undefined, { limits: asked });
  } catch (error) {
    if (!(error instanceof StageSettingsError)) throw error;
    const [, field, problem] = /limits\.(\w+): (.*)/.exec(error.message) ?? [];
    const option = NAMES.find((name) => LIMITS[name] === field);
    throw new UsageError(option ? `--${option}: ${problem?.replaceAll('null', 'none')}` : error.message);
  }
}
