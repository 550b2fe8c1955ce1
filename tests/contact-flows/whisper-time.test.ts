import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFlow, simulateCall, stepSeconds } from 'connect-flow-kit';
import { expect, it } from 'vitest';
import { spellTrackId } from '../../domain/inquiry-number.ts';
import { PROJECT } from '../run-command.ts';

/** So long the customer hears nothing. */
const MOST_SECONDS = 5;

const path = join(PROJECT, 'contact-flows/call-me-whisper.json');
const whisper = { name: 'call-me-whisper', document: readFlow(readFileSync(path, 'utf8')).flow };

/** Seconds of what the agent hears of a call with these attributes, as the simulator speaks. */
function secondsOf(initiation: 'API' | 'INBOUND', attributes: Record<string, string>): number {
  const { lines } = simulateCall(whisper, { initiation, attributes }, () => undefined);
  return lines.reduce((sum, line) => sum + (line.kind === 'event' ? 0 : stepSeconds(line.step)), 0);
}

it.each(['member', 'visitor', 'other'])('the whisper of a %s is over before the customer wonders', (userType) => {
  const inquiry = { has_short_inquiry: 'true', inquiry_type: '契約'.repeat(8).concat('に') };
  const ours = secondsOf('API', { user_type: userType, ...inquiry });
  const callBack = secondsOf('INBOUND', {
    ...{ called_back: 'true', called_back_user_type: userType, called_back_has_short_track_id: 'true' },
    called_back_track_id_spoken: spellTrackId('48291532') ?? '',
  });
  for (const seconds of [ours, callBack, secondsOf('INBOUND', {})]) {
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(MOST_SECONDS);
  }
  // The caution, who it is, and a number that is spelled.
  expect(callBack).toBeGreaterThan(4);
});
