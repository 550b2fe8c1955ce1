import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCallRequest } from '../../domain/call-request.ts';
import { maskLogged } from '../../domain/masking.ts';
import { outboundCall } from '../../domain/outbound-call.ts';
import { FLOW_ARN, karteEvent, NOW, QUEUE_ARN, stage } from '../functions/function-support.ts';
import { FUZZ_SEED, fuzzRuns } from '../fuzz-runs.ts';

/** What must not be carried, each recognised by a part that no other text has. */
const SECRETS = [
  ['080-2345-6789', '23456789'],
  ['０３ー９８７６ー５４３２', '98765432'],
  ['+44 113 496 0000', '1134960000'],
  ['someone@stranger.example.com', 'stranger'],
  ['ｓｏｍｅｏｎｅ＠ｓｔｒａｎｇｅｒ．ｊｐ', 'stranger'],
  ['https://stranger/path', 'stranger'],
  ['https:&#x2f;&#x2f;stranger.com', 'stranger'],
  ['stranger.co.jp', 'stranger'],
  ['www.stranger', 'stranger'],
  ['4111-1111-1111-1111', '4111111111111111'],
  ['４１１１　１１１１　１１１１　１１１１', '4111111111111111'],
] as const;

const plain = (text: string) => text.normalize('NFKC').toLowerCase();
const kana = fc.constantFrom('', '料金', ' について ', 'へ。', '(', '&amp;', '&lt;', '\u200b', '\n', '👨‍👩‍👧', '！');
const secret = fc.constantFrom(...SECRETS);
const planted = fc.tuple(kana, kana, secret, kana, kana).map(([a, b, [text, mark], c, d]) => ({
  text: `${a}${b}${text}${c}${d}`,
  mark,
}));
const field = fc.constantFrom('inquiry_type', 'user_type', 'track_id', 'memo', 'plan_name', 'page');
const fields = fc.array(fc.tuple(field, planted), { minLength: 1, maxLength: 4 });

it('no number, mail address or web address of the content is spoken, written or logged', () => {
  const rules = [stage, { ...stage, request: { ...stage.request, inquiryTypes: ['料金'] } }];
  fc.assert(
    fc.property(fields, fc.constantFrom(...rules), (some, of) => {
      // Prepare
      const content = Object.fromEntries(some.map(([name, { text }]) => [name, text]));
      const event = karteEvent({ ...content, phone_e164: '+819012345678' });
      // Act
      const parsed = parseCallRequest(event, of, NOW, () => 'made-up-id');
      if (parsed.decision !== 'continue') throw new Error(parsed.ending.reason);
      const stage = { connect: { pressToConnect: true }, offerCallBack: null };
      const { attributes, name, description } = outboundCall(parsed.request, FLOW_ARN, QUEUE_ARN, stage);
      // Assess
      const { phone: _phone, ...rest } = parsed.request;
      const carried = plain(JSON.stringify([rest, attributes, name, description]));
      const digits = carried.replace(/[^0-9a-z"]/g, '');
      for (const [, { mark }] of some) {
        // A track id is the firm's own, and may be as long as a card's number.
        const isTrackIdOfCard = mark === '4111111111111111' && some.some(([key]) => key === 'track_id');
        if (isTrackIdOfCard) continue;
        if (carried.includes(mark) || digits.includes(mark)) throw new Error(`${mark} is carried: ${carried}`);
      }
    }),
    { numRuns: fuzzRuns(2_000), seed: FUZZ_SEED },
  );
});

it('no number of an event is in the log, whatever its type and place', () => {
  const number = fc.constantFrom<unknown>(819023456789, 9023456789, '+819023456789', '9023456789', '090-2345-6789');
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      number,
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom('a', 'tel', '9023456789', '+819023456789'), tie('value'), { maxKeys: 3 }),
      tie('value').map((value) => JSON.stringify(value)),
    ),
  })).value;
  fc.assert(
    fc.property(json, (event) => {
      const line = JSON.stringify({ event }, (_key, value: unknown) => maskLogged(value));
      expect(line).not.toMatch(/9023456789|2345-6789/);
    }),
    { numRuns: fuzzRuns(2_000), seed: FUZZ_SEED },
  );
});
