import { describe, expect, it } from 'vitest';
import { block, next } from '../src/lint/example.ts';
import { lintBlocks } from './lint-support.ts';

const findingsOf = (type: string) => lintBlocks([block('New', type, { anything: 'x' }, next('Hang up'))]);

describe('a type that is none is an error that names the right one', () => {
  it.each([
    // The designer's names of blocks.
    ['PlayPrompt', 'MessageParticipant'],
    ['LoopPrompts', 'MessageParticipantIteratively'],
    ['SetVoice', 'UpdateContactTextToSpeechVoice'],
    ['SetContactAttributes', 'UpdateContactAttributes'],
    ['CheckContactAttributes', 'Compare'],
    ['GetCustomerInput', 'GetParticipantInput'],
    ['StoreCustomerInput', 'GetParticipantInput'],
    ['SetLoggingBehavior', 'UpdateFlowLoggingBehavior'],
    ['SetWorkingQueue', 'UpdateContactTargetQueue'],
    ['CheckStaffing', 'CheckMetricData'],
    ['CheckQueueStatus', 'CheckMetricData'],
    ['TransferToQueue', 'TransferContactToQueue'],
    ['TransferToPhoneNumber', 'TransferParticipantToThirdParty'],
    ['SetCallbackNumber', 'UpdateContactCallbackNumber'],
    ['SetCustomerQueueFlow', 'UpdateContactEventHooks'],
    ['SetRecordingAndAnalyticsBehavior', 'UpdateContactRecording'],
    ['StartMediaStreaming', 'UpdateContactMediaStreamingBehavior'],
    ['StopMediaStreaming', 'UpdateContactMediaStreamingBehavior'],
    ['EndFlow', 'EndFlowExecution'],
    ['Disconnect', 'DisconnectParticipant'],
    ['Cases', 'CreateCase'],
    // The words of a type, in other order, number, or with others of one meaning.
    ['CheckAttribute', 'Compare'],
    ['TransferContactToFlow', 'TransferToFlow'],
    ['TransferToAgent', 'TransferContactToAgent'],
    ['InvokeLambda', 'InvokeLambdaFunction'],
    ['ExecuteLambdaFunction', 'InvokeLambdaFunction'],
    ['InvokeAWSLambdaFunction', 'InvokeLambdaFunction'],
    ['InvokeModule', 'InvokeFlowModule'],
    ['SetRecordingBehavior', 'UpdateContactRecordingBehavior'],
    ['SetEventHooks', 'UpdateContactEventHooks'],
    ['GetUserInput', 'GetParticipantInput'],
    ['StoreUserInput', 'GetParticipantInput'],
    // Slips of spelling and of letter case.
    ['compare', 'Compare'],
    ['UnTagContact', 'UntagContact'],
    ['MesageParticipant', 'MessageParticipant'],
    ['UpdateContactAttribute', 'UpdateContactAttributes'],
    // Guesses, and operations of the API.
    ['PlayMessage', 'MessageParticipant'],
    ['SendMessage', 'MessageParticipant'],
    ['GetDigits', 'GetParticipantInput'],
    ['HangUp', 'DisconnectParticipant'],
    ['DistributeByPercent', 'DistributeByPercentage'],
    ['StartContactRecording', 'UpdateContactRecordingBehavior'],
    ['GetCurrentMetricData', 'GetMetricData'],
  ])('%s → %s', (type, meant) => {
    expect(findingsOf(type)).toMatchObject([{ rule: 'no-such-type', severity: 'error' }]);
    expect(findingsOf(type)[0]?.fix).toContain(meant);
  });

  it.each(['Start', 'EntryPoint', 'Trigger'])('%s → the beginning, which is no block', (type) => {
    expect(findingsOf(type)).toMatchObject([
      { rule: 'no-such-type', fix: 'Remove the block, and let StartAction name the one after it.' },
    ]);
  });

  it('names every type that may be meant', () => {
    expect(findingsOf('CustomerProfiles')[0]?.fix).toMatch(
      /^Write \w+(, \w+)+ or \w+, with the parameters it takes\.$/,
    );
  });
});

describe('a type that is like none stays a warning, since it may be new', () => {
  it.each([
    ...['BrandNewDesignerBlock2030', 'GetCaseId', 'InvokeExternalTool', 'LoadLambdaResult', 'ConnectParticipant'],
    ...['CheckHoursOfOperationWait', 'UpdateContactMood', 'constructor', '__proto__', 'X'],
  ])('%s', (type) => {
    expect(findingsOf(type)).toMatchObject([{ rule: 'unknown-type', severity: 'warning' }]);
  });
});
