import { describe, expect, it } from 'vitest';
import { type Journey, journeyAfter, type Move, newJourney, type Step } from '../browser/journey.ts';

const DATAHUB = { value: 'KARTE Datahubについて', label: 'Datahub' };
const VISITOR = { value: 'visitor', label: 'ご検討中の方' };
const PHONE = { e164: '+819012345678', national: '090-1234-5678', digits: '09012345678' };

const TO_CONFIRM: Move[] = [
  { do: 'choose-user-type', userType: VISITOR },
  { do: 'choose-inquiry-type', inquiryType: DATAHUB },
  { do: 'choose-telephone' },
  { do: 'type-phone', typed: '0901234567' },
  { do: 'enter-phone', phone: PHONE },
];

const journeyOf = (...moves: Move[]): Journey => moves.reduce(journeyAfter, newJourney('48291532'));
const CLOSE: Move = { do: 'close', inquiryNumber: '10000001' };

describe('a journey through the pop-up', () => {
  it('takes the steps of the guide in their order', () => {
    // Prepare
    const steps: Step[] = [newJourney('48291532').step];

    // Act
    TO_CONFIRM.reduce((journey, move) => {
      const next = journeyAfter(journey, move);
      if (next.step !== journey.step) steps.push(next.step);
      return next;
    }, newJourney('48291532'));

    // Assess
    expect(steps).toEqual(['user-type', 'inquiry-type', 'contact', 'phone', 'confirm']);
  });

  it('goes back step by step to the first, and loses nothing on the way', () => {
    // Prepare
    let journey = journeyOf(...TO_CONFIRM);
    const steps: Step[] = [];

    // Act
    for (let back = 0; back < 5; back++) {
      journey = journeyAfter(journey, { do: 'back' });
      steps.push(journey.step);
    }

    // Assess
    expect(steps).toEqual(['phone', 'contact', 'inquiry-type', 'user-type', 'user-type']);
    expect(journey).toMatchObject({
      userType: VISITOR,
      inquiryType: DATAHUB,
      typedPhone: '090-1234-5678',
      inquiryNumber: '48291532',
    });
  });

  it('ends with the receipt, which is no way back', () => {
    // Act
    const journey = journeyOf(...TO_CONFIRM, { do: 'sent' }, { do: 'back' });

    // Assess
    expect(journey).toMatchObject({ step: 'done', inquiryNumber: '48291532', phone: PHONE });
  });

  it('is not done by an answer that comes when the visitor is elsewhere', () => {
    expect(journeyOf(...TO_CONFIRM, { do: 'back' }, { do: 'sent' }).step).toBe('phone');
  });

  it('leads back from a page without KARTE to the confirmation', () => {
    expect(journeyOf(...TO_CONFIRM, { do: 'find-no-way-to-send' }).step).toBe('failed');
    expect(journeyOf(...TO_CONFIRM, { do: 'find-no-way-to-send' }, { do: 'back' }).step).toBe('confirm');
  });
});

describe('closing the pop-up', () => {
  it.each([
    ['user-type', [], 'user-type'],
    ['contact', TO_CONFIRM.slice(0, 2), 'contact'],
    ['phone', TO_CONFIRM.slice(0, 4), 'phone'],
    ['confirm', TO_CONFIRM, 'phone'],
    ['failed', [...TO_CONFIRM, { do: 'find-no-way-to-send' }], 'phone'],
    ['closed', [...TO_CONFIRM, { do: 'find-closed' }], 'user-type'],
  ] as [Step, Move[], Step][])('at %s forgets the number, wherever it was kept', (step, moves, reopened) => {
    // Prepare
    const open = journeyOf(...moves);
    expect(open.step).toBe(step);

    // Act
    const closed = journeyAfter(open, CLOSE);

    // Assess
    expect(closed.step).toBe(reopened);
    expect(JSON.stringify(closed)).not.toMatch(/12345?6?7?8?/);
    expect(closed.userType).toEqual(open.userType);
    expect(closed.inquiryType).toBe(open.inquiryType);
  });

  it('before sending gives the next request another inquiry number, since parts of this one may be out', () => {
    expect(journeyOf(...TO_CONFIRM, CLOSE).inquiryNumber).toBe('10000001');
  });

  it('after sending keeps the inquiry number for the receipt, until the visitor asks anew', () => {
    // Act
    const receipt = journeyOf(...TO_CONFIRM, { do: 'sent' }, CLOSE);
    const anew = journeyAfter(receipt, { do: 'start-again', inquiryNumber: '20000002' });

    // Assess
    expect(receipt).toMatchObject({ step: 'done', inquiryNumber: '48291532', phone: undefined });
    expect(anew).toEqual({ ...newJourney('20000002'), typedPhone: '090-1234-5678' });
  });

  it('with the page forgets the number that was sent, too', () => {
    // Act
    const left = journeyOf(...TO_CONFIRM, { do: 'sent' }, CLOSE, { do: 'leave' });
    // Assess
    expect(left).toMatchObject({ step: 'done', inquiryNumber: '48291532' });
    expect(JSON.stringify(left)).not.toContain('1234');
    expect(journeyAfter(left, { do: 'start-again', inquiryNumber: '20000002' })).toEqual(newJourney('20000002'));
  });
});
