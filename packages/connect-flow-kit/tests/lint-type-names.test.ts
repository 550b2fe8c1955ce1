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
    // Words for what a block does, which nobody listed.
    ['TextToSpeech', 'MessageParticipant'],
    ['PlayGreeting', 'MessageParticipant'],
    ['SendToQueue', 'TransferContactToQueue'],
    ['AskQuestion', 'GetParticipantInput'],
    ['PlayAndCollectDigits', 'GetParticipantInput'],
    ['InvokeLexV2Bot', 'ConnectParticipantWithLexBot'],
    ['CheckTimeOfDay', 'CheckHoursOfOperation'],
    ['IfElse', 'Compare'],
    ['SetHoldMusic', 'UpdateContactEventHooks'],
    ['SetCallbackPhoneNumber', 'UpdateContactCallbackNumber'],
    ['PlayPromptLoop', 'MessageParticipantIteratively'],
    ['GetDTMFInput', 'GetParticipantInput'],
    ['StartLexBot', 'ConnectParticipantWithLexBot'],
    ['End', 'DisconnectParticipant or EndFlowExecution'],
    ['DropCall', 'DisconnectParticipant'],
    ['TransferCall', 'TransferContactToQueue, TransferParticipantToThirdParty or TransferToFlow'],
    ['PutInQueue', 'TransferContactToQueue'],
    ['DialNumber', 'TransferParticipantToThirdParty'],
    ['JumpToFlow', 'TransferToFlow'],
    ['AssignQueue', 'UpdateContactTargetQueue'],
    ['UpdateContactQueue', 'UpdateContactTargetQueue'],
    ['CheckOperatingHours', 'CheckHoursOfOperation'],
    ['IsOpen', 'CheckHoursOfOperation'],
    ['CheckQueueMetrics', 'CheckMetricData'],
    ['QueueStatus', 'CheckMetricData'],
    ['LoadMetrics', 'GetMetricData'],
    ['SetCallAttributes', 'UpdateContactAttributes'],
    ['SaveFlowVariables', 'UpdateFlowAttributes'],
    ['BranchOnAttribute', 'Compare'],
    ['TriggerLambda', 'InvokeLambdaFunction'],
    ['SelectVoice', 'UpdateContactTextToSpeechVoice'],
    ['TurnOnRecording', 'UpdateContactRecordingBehavior'],
    ['DisableLogging', 'UpdateFlowLoggingBehavior'],
    ['AdjustPriority', 'UpdateContactRoutingBehavior'],
    ['OfferCallback', 'CreateCallbackContact'],
    ['PlaceCallerOnHold', 'UpdatePreviousContactParticipantState'],
    ['AddTags', 'TagContact'],
    ['RemoveTag', 'UntagContact'],
    ['SplitTraffic', 'DistributeByPercentage'],
    ['WaitSeconds', 'Wait'],
    ['EndFlowResume', 'EndFlowExecution'],
    ['CallFlow', 'InvokeFlowModule or TransferToFlow'],
    ['MakeCall', 'CompleteOutboundCall or TransferParticipantToThirdParty'],
    ['InvokeThirdPartyFunction', 'InvokeLambdaFunction'],
    ['AgentWhisper', 'UpdateContactEventHooks'],
    ['SendTask', 'CreateTask'],
    ['SendSMS', 'StartOutboundChatContact'],
    ['SendEmail', 'StartOutboundEmailContact'],
    ['Authenticate', 'AuthenticateParticipant'],
    ['MessagePraticipant', 'MessageParticipant'],
  ])('%s → %s', (type, meant) => {
    expect(findingsOf(type)).toMatchObject([{ rule: 'no-such-type', severity: 'error' }]);
    expect(findingsOf(type)[0]?.fix).toContain(meant);
  });

  it.each(['Start', 'EntryPoint', 'Trigger'])('%s → the beginning, which is no block', (type) => {
    expect(findingsOf(type)).toMatchObject([
      { rule: 'no-such-type', fix: 'Remove the block, and let StartAction name the one after it.' },
    ]);
  });

  it.each(['Goto', 'Error'])('%s → a transition, which is no block either', (type) => {
    expect(findingsOf(type)).toMatchObject([
      { rule: 'no-such-type', fix: expect.stringMatching(/^Remove the block, and let the transitions /) },
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
    // What Amazon Connect may well get one day.
    ...['AddParticipant', 'AssignTask', 'BargeContact', 'CancelCallback', 'CheckConsent', 'CheckFraud', 'CheckHoliday'],
    ...['CloseCase', 'CollectPayment', 'ConnectParticipantWithBot', 'CreateEvaluation', 'CreateQueue', 'DeleteTask'],
    ...['DeleteCustomerProfile', 'DetectLanguage', 'DisconnectAgent', 'EvaluateRule', 'GetAgentStatus', 'GetConsent'],
    ...['GetEstimatedWaitTime', 'GetForecast', 'GetPositionInQueue', 'InvokeAgent', 'InvokeGuardrail', 'LogEvent'],
    ...[
      'InvokeStepFunction',
      'MergeCustomerProfiles',
      'MuteParticipant',
      'PauseRecording',
      'PlayVideo',
      'PublishEvent',
    ],
    ...['ScheduleTask', 'SearchCases', 'SearchKnowledge', 'SendNotification', 'SendSurvey', 'SetTimer'],
    ...['SetAgentStatus', 'StartChatStreaming', 'StartConference', 'StartScreenRecording', 'StartScreenShare'],
    ...['StartOutboundVoiceContact', 'StartVideoCall', 'SummarizeContact', 'TranslateMessage', 'UpdateAgentAttributes'],
    ...['ForEach', 'PauseContact', 'PlayDTMF', 'RateContact', 'SpeechToText', 'UpdateContactLanguage', 'TransferTask'],
    ...['UpdateCallback', 'UpdateQueueCapacity', 'UpdateSegmentAttributes', 'UpdateTask', 'VerifyIdentity'],
  ])('%s', (type) => {
    expect(findingsOf(type)).toMatchObject([{ rule: 'unknown-type', severity: 'warning' }]);
  });
});
