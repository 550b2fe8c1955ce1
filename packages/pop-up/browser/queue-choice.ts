import type { StageFacts } from '../stage-facts.ts';

/**
 * The queue that the stage's rules assign to a request, as `queueFor` of domain/routing.ts does on the server.
 *
 * @param inquiryType as sent
 */
export function queueOf(
  { routing, userTypes, inquiryTypes }: Pick<StageFacts, 'routing' | 'userTypes' | 'inquiryTypes'>,
  userType: string,
  inquiryType: string,
): string {
  const kind = userTypes.includes(userType) ? userType : OTHER;
  const inquiry = plain(inquiryType);
  const isKnown = inquiryTypes.length === 0 || inquiryTypes.some((known) => plain(known) === inquiry);
  const rule = routing.rules.find(
    (each) =>
      (each.userType ?? kind) === kind &&
      (each.inquiryType === undefined || plain(each.inquiryType) === (isKnown ? inquiry : OTHER)),
  );
  return rule?.queue ?? routing.default;
}

/** What the server takes an unknown value for. */
const OTHER = 'other';

/** Full width or half width, one space or two: the server makes no difference. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim();
