/**
 * A turn as the state machine's Wait takes it. Step Functions truncates milliseconds, so a turn has none: a turn at
 * .500 would come up to a second early.
 */
export const wholeSecond = (at: Date): string => new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString();
