import { GetEffectiveHoursOfOperationsCommand } from '@aws-sdk/client-connect';
import { openingHoursIn } from '../../adapters/connect.ts';
import { DAYS_AHEAD } from '../../domain/availability.ts';
import { closingTime, localTime, nextOpening, shiftDate } from '../../domain/opening-hours.ts';
import type { Account } from './account.ts';
import type { CheckedStage } from './check.ts';
import { idsOf, once, queueOf } from './stage-answers.ts';

const DAY_MS = 86_400_000;

/** When calls of a queue go out: within its hours, overrides included, and within the stage's calling hours. */
interface Opening {
  isOpen: boolean;
  /** If open: until when; undefined if it does not close within a day. */
  closesAt?: Date;
  /** If closed: when it opens; undefined if it stays closed for `DAYS_AHEAD`. */
  opensAt?: Date;
  /** Names of today's overrides. */
  overrides: string[];
}

/** @param name of a queue in the settings */
export const openingOf = (account: Account, stage: CheckedStage, name: string): Promise<Opening> =>
  once(account, `opening of ${name}`, async () => {
    const { hoursId } = await queueOf(account, stage, name);
    const hours = await effectiveHours(account, stage, hoursId);
    const { callingHours } = stage.file;
    const now = new Date();
    const queue = openingHoursIn(hours);
    const today = localTime(now, queue.timeZone).date;
    const overrides = (hours.EffectiveOverrideHoursList ?? [])
      .filter(({ Date: date }) => date === today)
      .flatMap(({ OverrideHours = [] }) => OverrideHours.flatMap(({ OverrideName }) => OverrideName ?? []));
    const opensAt = nextOpening(queue, callingHours, now, new Date(now.getTime() + DAYS_AHEAD * DAY_MS));
    const closesAt = closingTime(queue, callingHours, now);
    const isOpen = closesAt?.getTime() !== now.getTime();
    return { isOpen, overrides, ...(isOpen ? closesAt && { closesAt } : opensAt && { opensAt }) };
  });

/** Queues that share their hours share the request. It includes adjacent days, as the hours may be in another zone. */
const effectiveHours = (account: Account, stage: CheckedStage, HoursOfOperationId: string) =>
  once(account, `effective hours ${HoursOfOperationId}`, async () => {
    const { instanceId: InstanceId } = await idsOf(account, stage);
    const today = localTime(new Date(), stage.file.callingHours.timeZone).date;
    return account.connect.send(
      new GetEffectiveHoursOfOperationsCommand({
        InstanceId,
        HoursOfOperationId,
        FromDate: shiftDate(today, -2),
        ToDate: shiftDate(today, DAYS_AHEAD + 1),
      }),
    );
  });
