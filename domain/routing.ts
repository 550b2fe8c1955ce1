import type { StageSettings } from './stage-settings.ts';
import { cleanInquiry } from './visitor-text.ts';

/** The id of the request's queue: of the first rule whose fields all match, else the default. */
export function queueFor(
  request: { userType: string; inquiryType?: string },
  routing: StageSettings['routing'],
  queues: StageSettings['connect']['queues'],
): { name: string; id: string } {
  const rule = routing.rules.find(
    ({ userType, inquiryType }) =>
      (userType === undefined || userType === request.userType) &&
      (inquiryType === undefined || cleanInquiry(inquiryType) === request.inquiryType),
  );
  const name = rule?.queue ?? routing.default;
  const id = queues[name];
  if (id === undefined) throw new Error(`routing names the queue "${name}", which the stage does not have`);
  return { name, id };
}
