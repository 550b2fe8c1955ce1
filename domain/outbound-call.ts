import type { CallRequest } from './call-request.ts';
import { usedUpQuota } from './errors.ts';
import type { Ending } from './outcomes.ts';
import type { StageSettings } from './stage-settings.ts';
import { OTHER_INQUIRY_TYPE } from './unlisted.ts';

interface Told {
  connect: Pick<StageSettings['connect'], 'pressToConnect'>;
}

/**
 * The call to request from Amazon Connect. The contact flow learns whether the customer must press 1 before an agent is connected, and
 * after how many seconds in the queue to offer a call-back; none is offered to a customer who is being called back.
 *
 * @param contactFlow its ARN or id
 */
export function outboundCall(
  request: CallRequest,
  contactFlow: string,
  queueArn: string,
  { connect: { pressToConnect }, offerCallBack }: Pick<StageSettings, 'offerCallBack'> & Told,
) {
  const offers = offerCallBack !== null && request.own?.because !== 'call_back';
  const isOther = request.inquiryType === OTHER_INQUIRY_TYPE;
  const inquiry = isOther ? 'その他' : request.inquiryType;
  return {
    contactFlowId: contactFlow.slice(contactFlow.lastIndexOf('/') + 1),
    destination: request.phone,
    clientToken: request.requestId,
    attributes: {
      ...request.attributes,
      queue_arn: queueArn,
      press_to_connect: String(pressToConnect),
      ...(offers && { call_back_after: String(offerCallBack.afterSeconds) }),
    },
    name: `Web: ${inquiry ?? 'お問い合わせ'}`,
    description: [
      `ユーザー種別: ${request.userType}`,
      `問い合わせ内容: ${inquiry ?? '(なし)'}`,
      `問い合わせ番号: ${request.trackId ?? '(なし)'}`,
    ].join(' / '),
  };
}

/**
 * The ending of a request whose deadline passed between two attempts. A call that may already be ringing is not requested again, even
 * with the same token: if it is not ringing, it would ring too late.
 *
 * @param earlier the previous attempts
 */
export function endingAfterDeadline(earlier: { unanswered: boolean; lastError?: string }): Ending {
  if (earlier.unanswered) return { outcome: 'call_unconfirmed', reason: 'connect_unavailable' };
  if (earlier.lastError === undefined) return { outcome: 'expired', reason: 'deadline_passed' };
  return usedUpQuota(earlier.lastError).ending;
}
