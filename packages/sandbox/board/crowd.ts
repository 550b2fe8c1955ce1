import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { newInquiryNumber } from '../../../domain/inquiry-number.ts';
import { dramaNumber } from '../drama-numbers.ts';
import type { Stack } from '../stack.ts';
import { callTokenFor } from './sample-token.ts';

/** Their inquiries: the guide's own, and a few that a page might offer. */
const INQUIRIES = ['KARTE Datahubについて', '動作環境について', '料金について', '設定について'] as const;

const AT_ONCE = 10;

/** Each crowd has new numbers. */
let numbersGiven = 0;

/** Requests of many visitors at once, each with a different number reserved for fiction. */
export async function sendCrowd(stack: Stack, count: number): Promise<void> {
  const { rule, stage } = stack.service;
  const userTypes = stage.file.request.userTypes;
  const events = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const phone = dramaNumber(numbersGiven + index);
      const token = await callTokenFor(stack, phone);
      return {
        id: randomUUID(),
        'detail-type': 'KARTE Action',
        source: rule.eventBusName,
        detail: {
          name: stage.file.karte.actionName,
          content: {
            phone_e164: phone,
            user_type: userTypes[index % userTypes.length],
            inquiry_type: INQUIRIES[index % INQUIRIES.length],
            track_id: newInquiryNumber(),
            ...(token !== undefined && { call_token: token }),
          },
        },
      };
    }),
  );
  numbersGiven += count;
  for (const [index, event] of events.entries()) {
    stack.put(event);
    // Starting hundreds of executions takes a while, during which the board must stay responsive.
    if (index % AT_ONCE === 0) await setImmediate();
  }
}
