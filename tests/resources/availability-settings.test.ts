import { describe, expect, it } from 'vitest';
import { checkStage } from '../../resources/load-stage.ts';
import { dev } from './stage-of-dev.ts';

const messageOf = (availability: unknown, stage = 'dev', more: object = {}): string => {
  try {
    checkStage({ ...dev, ...more, availability }, stage);
  } catch (error) {
    return String(error);
  }
  return '';
};

describe('the origins of availability', () => {
  it.each<[string, string[], string]>([
    ['https', ['https://www.example.com', 'https://shop.example.com:8443'], 'prod'],
    ['a host name outside ASCII, as browsers send it', ['https://xn--r8jz45g.example'], 'prod'],
    ['this machine, in the local stage', ['http://localhost:3000', 'http://127.0.0.1:8080'], 'local'],
  ])('may be %s', (_, origins, stage) => {
    expect(checkStage({ ...dev, availability: { origins } }, stage).availability).toEqual({ origins });
  });

  it.each<[string, unknown, string]>([
    ['a slash at the end, which no browser sends', ['https://www.example.com/'], 'found "https://www.example.com/"'],
    ['a path', ['https://www.example.com/call'], 'expected an origin as sent by browsers'],
    ['capitals', ['https://WWW.example.com'], 'expected an origin as sent by browsers'],
    ['the port that goes without saying', ['https://www.example.com:443'], 'expected an origin as sent by browsers'],
    ['a host name that is not ASCII', ['https://例え.example'], 'expected an origin as sent by browsers'],
    ['no scheme', ['www.example.com'], 'expected an origin as sent by browsers'],
    ['every origin', ['*'], 'found "*", expected an origin as sent by browsers'],
    ['a wildcard', ['https://*.example.com'], 'expected an origin as sent by browsers'],
    ['plain HTTP', ['http://www.example.com'], 'expected an origin as sent by browsers'],
    ['a blank copied along', ['https://www.example.com '], 'expected an origin as sent by browsers'],
    ['one twice', ['https://www.example.com', 'https://www.example.com'], 'expected every origin once'],
    ['none', [], 'expected at least one origin'],
    [
      'a text instead of a list',
      'https://www.example.com',
      'availability.origins: found "https://www.example.com", expected a list',
    ],
    [
      'this machine, in a stage that is deployed',
      ['http://localhost:3000'],
      'expected an origin that begins with https://',
    ],
  ])('are refused in one sentence with %s', (_, origins, sentence) => {
    const message = messageOf({ origins });
    expect(message).toContain('settings/dev.yml: availability.origins');
    expect(message).toContain(sentence);
    expect(message.split('\n')).toHaveLength(1);
  });
});

it('a stage with more queues than may be read for strangers is refused, unless routing leads to few of them', () => {
  // Prepare
  const names = Array.from({ length: 11 }, (_, index) => `queue-${index}`);
  const queues = Object.fromEntries(names.map((name) => [name, dev.connect.queues.support]));
  const connect = { ...dev.connect, queues };
  const rules = names.slice(1).map((queue) => ({ inquiryType: queue, queue }));
  const availability = { origins: ['https://www.example.com'] };
  // Act
  const all = messageOf(availability, 'dev', { connect, routing: { default: names[0], rules } });
  const few = messageOf(availability, 'dev', { connect, routing: { default: names[0], rules: rules.slice(1) } });
  // Assess
  expect(all).toContain('availability: found "11 queues", expected null, as routing leads to more than 10 queues');
  expect(few).toBe('');
});
