import { weekdayAndClock } from '../../../../domain/wall-clock.ts';
import type { Account } from '../../account.ts';
import type { CheckedStage, DoctorCheck, Finding } from '../../check.ts';
import { openingOf } from '../../opening-of-queue.ts';
import { onBoardOr } from './commands-to-run.ts';

/** When calls go out. */
export const OPENING_CHECKS: readonly DoctorCheck[] = [
  {
    id: 'opening-hours-now',
    title: 'Every queue has hours in which calls go out',
    problem: 'A queue has no hours in which calls go out',
    permissions: ['connect:DescribeQueue', 'connect:GetEffectiveHoursOfOperations'],
    async ask(account, stage) {
      const names = Object.keys(stage.file.connect.queues);
      const told = [];
      for (const name of names) told.push({ name, ...(await toldOf(account, stage, name)) });
      const never = told.filter(({ opens }) => !opens);
      const seen = [...Map.groupBy(told, ({ text }) => text)]
        .map(([text, queues]) => `${queues.map(({ name }) => name).join(', ')}: ${text}`)
        .join('; ');
      if (never.length === 0) return { state: 'fine', seen } satisfies Finding;
      return {
        state: 'problem',
        seen,
        nextStep: onBoardOr(
          stage,
          'Check the hours of operation of the queue in Amazon Connect, with their overrides, and callingHours in the settings: calls go out when both are open.',
        ),
      };
    },
  },
];

async function toldOf(account: Account, stage: CheckedStage, name: string): Promise<{ text: string; opens: boolean }> {
  const { isOpen, closesAt, opensAt, overrides } = await openingOf(account, stage, name);
  const { timeZone } = stage.file.callingHours;
  const today = overrides.length === 0 ? '' : ` (override today: ${overrides.join(', ')})`;
  if (isOpen) {
    const until = closesAt ? ` until ${weekdayAndClock(closesAt, timeZone)}` : ', and does not close within a day';
    return { text: `open${until}${today}`, opens: true };
  }
  const next = opensAt ? `opens ${weekdayAndClock(opensAt, timeZone)}` : 'does not open within two weeks';
  return { text: `closed now, and ${next}${today}`, opens: opensAt !== undefined };
}
