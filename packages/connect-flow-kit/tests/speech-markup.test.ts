import { describe, expect, it } from 'vitest';
import { ignoredTags, malformedMarkup, markupProblem } from '../src/speech-markup.ts';

describe('speech markup', () => {
  it.each([
    '<speak>Hello</speak>',
    ' <speak>Hello<break time="10s"/></speak>\n',
    '<speak><break time="10000ms"/><break/><break strength="weak"></break></speak>',
    '<speak xml:lang="ja-JP"><amazon:effect name="whispered">R&amp;D &#12354;</amazon:effect></speak>',
    '<speak>Hello $.External.name and ${Shop}</speak>',
    "<speak><break time='$.Attributes.['a long one']'/></speak>",
    '<speak><break time="${Pause}"/>{{ shop & town }}</speak>',
    '<speak><break time="$.Attributes.pause"/><break time="${Seconds}s"/></speak>',
    '<speak><break time=".5s"/><break time="0ms"/></speak>',
    '<speak><blink>Hello</blink></speak>',
    '<speak><prosody rate="<<rate>>">Hello</prosody></speak>',
    '%Greeting%',
    '<?xml version="1.0"?><speak>Hello</speak>',
    '$.External.prompt',
    '${Greeting}',
    '$.External.start Hello $.External.end',
  ])('nothing is wrong with %s', (text) => {
    expect(markupProblem(text)).toBeUndefined();
  });

  it.each([
    ['<speak>Hello<break time="1s"></speak>', 'unexpected close tag at "k time="1s"></speak>"'],
    ['<speak>Hello', 'unclosed tag: speak at "<speak>Hello"'],
    ['<speak>Hello/speak>', 'unclosed tag: speak at "<speak>Hello/speak>"'],
    ['<speak>Hello</p></speak>', 'unexpected close tag at "<speak>Hello</p>"'],
    ['<speak>R & D</speak>', 'a & is written &amp;'],
    ['<speak>&nbsp;</speak>', 'undefined entity at "<speak>&nbsp;"'],
    ['<speak>1 < 2</speak>', 'disallowed character in tag name at "<speak>1 < "'],
    ['<speak><break time=1s/></speak>', 'unquoted attribute value at "<speak><break time=1"'],
  ])('%s is not well-formed: %s', (text, problem) => {
    expect(malformedMarkup(text)).toBe(`it is not well-formed: ${problem}`);
    expect(markupProblem(text)).toBe(`it is not well-formed: ${problem}`);
  });

  it.each([
    ['Hello', 'it is not enclosed in <speak> and </speak>'],
    ['<speak>Hello</speak> again', 'it is not enclosed in <speak> and </speak>'],
    ['<speak>Hello</speak><speak>again</speak>', 'it is enclosed in <speak> more than once'],
    ['<break time="1s"/>', 'it is not enclosed in <speak> and </speak>'],
    ['<speak><break time="20s"/></speak>', 'a pause of 20s is longer than 10 s, the longest there is'],
    ['<speak><break time="10001ms"/></speak>', 'a pause of 10001ms is longer than 10 s, the longest there is'],
    ['<speak><break time="10.5s"/></speak>', 'a pause of 10.5s is longer than 10 s, the longest there is'],
    ['<speak><break time="1m"/></speak>', 'a pause of 1m is no time such as 500ms or 2s'],
    ['<speak><break time="2"/></speak>', 'a pause of 2 is no time such as 500ms or 2s'],
    ['<speak><break time="-1s"/></speak>', 'a pause of -1s is no time such as 500ms or 2s'],
    ['<speak><break time="２s"/></speak>', 'a pause of ２s is no time such as 500ms or 2s'],
  ])('%s is well-formed and yet: %s', (text, problem) => {
    expect(malformedMarkup(text)).toBeUndefined();
    expect(markupProblem(text)).toBe(problem);
  });

  it('has tags that are ignored, each told once', () => {
    const supported = '<p/><s/><w/><sub/><lang/><mark/><phoneme/><say-as/><amazon:domain/><break/><prosody/>';
    expect(ignoredTags(`<speak>${supported}<bold>Hello</bold><bold/><audio/></speak>`)).toEqual(['bold', 'audio']);
    expect(ignoredTags('$.External.prompt')).toEqual([]);
  });
});
