import type { Assumption } from '../assumption.ts';

const ATTRIBUTES = 'https://docs.aws.amazon.com/connect/latest/adminguide/connect-attrib-list.html';

/** What simulator and local model take for true of contact flows. */
export const FLOW_ASSUMPTIONS: readonly Assumption[] = [
  {
    id: 'default-queue-flow',
    assumption: 'A contact whose flow sets no customer queue flow hears the default one of Amazon Connect, in English.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/sample-queue-configurations.html',
    confidence: 'documented',
    howToCheck: 'Take the hook out of a test flow and listen.',
  },
  {
    id: 'voice-outlives-the-flow',
    assumption: 'The voice belongs to the contact: the customer queue flow speaks with the voice the first flow set.',
    madeIn: 'packages/connect-flow-kit/src/simulate/flow-world.ts',
    source:
      'https://docs.aws.amazon.com/connect/latest/APIReference/contact-actions-updatecontacttexttospeechvoice.html',
    confidence: 'inferred',
    howToCheck: 'Wait in the queue of a test call and listen.',
  },
  {
    id: 'japanese-voices',
    assumption:
      'Mizuki speaks with the standard engine, Takumi with standard and neural, Kazuha and Tomoko with neural only. Another pair takes the error branch of Set voice.',
    madeIn: 'packages/connect-flow-kit/src/voices.ts',
    source: 'https://docs.aws.amazon.com/polly/latest/dg/available-voices.html',
    confidence: 'documented',
    howToCheck: 'aws polly describe-voices --language-code ja-JP',
  },
  {
    id: 'voice-after-error',
    assumption:
      'After the error branch of Set voice the contact has the default voice, Joanna with the standard engine.',
    madeIn: 'packages/connect-flow-kit/src/simulate/speech-blocks.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/set-voice.html',
    confidence: 'inferred',
    howToCheck: 'Set Kazuha with the engine Standard in a test flow and listen.',
  },
  {
    id: 'unresolved-reference',
    assumption: 'A reference to an attribute that does not exist becomes nothing, in a prompt and in a comparison.',
    madeIn: 'packages/connect-flow-kit/src/references.ts',
    source: ATTRIBUTES,
    confidence: 'inferred',
    howToCheck: 'Play "a $.Attributes.no_such_attribute b" in a test flow and read the flow log.',
  },
  {
    id: 'reference-in-a-value',
    assumption: 'A value that looks like a reference is spoken as it is, not resolved again.',
    madeIn: 'packages/connect-flow-kit/src/references.ts',
    source: ATTRIBUTES,
    confidence: 'inferred',
    howToCheck: 'Place a test call with the attribute inquiry_type "$.CustomerEndpoint.Address".',
  },
  {
    id: 'empty-prompt',
    assumption: 'A prompt whose text becomes empty says nothing and goes on; it does not take the error branch.',
    madeIn: 'packages/connect-flow-kit/src/simulate/speech.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/play.html',
    confidence: 'inferred',
    howToCheck: 'Play "$.Attributes.no_such_attribute" alone in a test flow and read the flow log.',
  },
  {
    id: 'prompt-length',
    assumption: 'A prompt of more than 3,000 characters, or 6,000 with its tags, takes the error branch.',
    madeIn: 'packages/connect-flow-kit/src/simulate/speech.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/play.html',
    confidence: 'documented',
    howToCheck: 'Play an attribute of 3,001 characters in a test flow.',
  },
  {
    id: 'compare-letter-case',
    assumption: 'Check contact attributes compares with letter case.',
    madeIn: 'packages/connect-flow-kit/src/simulate/way-out.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/check-contact-attributes.html',
    confidence: 'documented',
    howToCheck: 'Place a test call with user_type "Member".',
  },
  {
    id: 'reference-as-operand',
    assumption:
      'A condition of Check contact attributes may compare with a reference; one to an attribute that does not exist never holds.',
    madeIn: 'packages/connect-flow-kit/src/simulate/check-blocks.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/check-contact-attributes.html',
    confidence: 'documented',
    howToCheck: 'Compare $.Attributes.a with $.Attributes.b in a test flow, with both equal, and with neither set.',
  },
  {
    id: 'error-without-branch',
    assumption:
      'A block that fails and has no branch for the error, nor one for NoMatchingError, stops the flow; it does not go on along NextAction. In a contact flow that drops the call.',
    madeIn: 'packages/connect-flow-kit/src/simulate/way-out.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/flow-language.html',
    confidence: 'inferred',
    howToCheck: 'Publish a flow by API whose Set working queue has no error branch, and let it fail.',
  },
  {
    id: 'prompt-without-error-branch',
    assumption: 'A Play prompt without an error branch goes on along NextAction where it fails, and nothing is heard.',
    madeIn: 'packages/connect-flow-kit/src/simulate/way-out.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/play.html',
    confidence: 'documented',
    howToCheck: 'Publish a flow by API whose prompt has no error branch, and let the prompt fail.',
  },
  {
    id: 'queue-flow-stops',
    assumption:
      'Where the flow of a queue stops because a block fails without a branch for it, the customer stays in line and gets the next agent. The page says so of Loop prompts and of chats.',
    madeIn: 'packages/connect-flow-kit/src/simulate/simulate-call.ts',
    source:
      'https://docs.aws.amazon.com/connect/latest/APIReference/participant-actions-messageparticipantiteratively.html',
    confidence: 'inferred',
    howToCheck: 'Publish a queue flow by API whose Set working queue has no error branch, and wait in that queue.',
  },
  {
    id: 'broken-markup',
    assumption:
      'Speech markup that is not well-formed, not enclosed in <speak>, or has a pause above ten seconds takes the error branch, and nothing of it is heard.',
    madeIn: 'packages/connect-flow-kit/src/simulate/speech.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/play.html',
    confidence: 'inferred',
    howToCheck: 'Play <speak><break time="20s"/></speak> and an unclosed tag in a test flow.',
  },
  {
    id: 'place-in-a-list',
    assumption:
      'A reference finds places in lists as [0], and as .0; a list or an object is no text and becomes nothing. Published for data tables and for views; that answers of functions are read alike is inferred.',
    madeIn: 'packages/connect-flow-kit/src/references.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/data-table-block.html',
    confidence: 'inferred',
    howToCheck: 'Let a function answer {"items": [{"name": "a"}]} and play $.External.items[0].name.',
  },
  {
    id: 'next-action-of-a-check',
    assumption:
      'A check whose conditions do not hold takes its error branch; its NextAction is written and never taken. A block that knows no such error (call progress, a module) goes on along NextAction.',
    madeIn: 'packages/connect-flow-kit/src/simulate/way-out.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/flow-control-actions-compare.html',
    confidence: 'inferred',
    howToCheck: 'Publish a Compare whose NextAction and NoMatchingCondition lead to different prompts.',
  },
  {
    id: 'whisper-breaks-off',
    assumption: 'However a whisper flow ends, the call goes on.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/create-contact-flow.html',
    confidence: 'inferred',
    howToCheck: 'Let a whisper flow of a test call end in a block that fails.',
  },
  {
    id: 'keys-interrupt-their-prompt',
    assumption:
      'A key pressed during the prompt of the block that asks for it interrupts the prompt and counts; a key pressed during the prompt of another block is lost.',
    madeIn: 'packages/sandbox/connect/flow-player.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/get-customer-input.html',
    confidence: 'documented',
    howToCheck: 'In a test call, press a key during a play prompt, and another during the prompt of a menu.',
  },
  {
    id: 'keys-of-a-number',
    assumption:
      'Store customer input waits its time limit for the first key and five seconds (or what the block says) for each that follows; it is over with the terminating key or with the longest number it takes. That the longest number ends it is not said.',
    madeIn: 'packages/connect-flow-kit/src/simulate/input-blocks.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/store-customer-input.html',
    confidence: 'inferred',
    howToCheck: 'Press the keys of a test call slowly, and look when the flow goes on.',
  },
  {
    id: 'buffered-keys',
    assumption:
      'Keys that are buffered are used by the next menu or number, whose prompt is not heard, and are gone with a transfer to a queue or an agent and with Lex. Whoever has entered a part of a number is not asked for the rest. That a key interrupts a prompt which may be skipped is not modelled.',
    madeIn: 'packages/connect-flow-kit/src/simulate/key-buffer.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/touchtone-buffering.html',
    confidence: 'documented',
    howToCheck: 'Press the keys of two menus during the greeting of a test call whose flow buffers keys.',
  },
  {
    id: 'wait-on-a-voice-call',
    assumption:
      'Wait takes the error branch of a voice call, but for "Keep running while waiting" and event-based waits in an inbound flow.',
    madeIn: 'packages/connect-flow-kit/src/simulate/wait-block.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/wait.html',
    confidence: 'documented',
    howToCheck: 'Wait five seconds in a test flow and read the flow log.',
  },
  {
    id: 'wait-that-keeps-running',
    assumption:
      'The Continue branch of a Wait is walked until it comes to End flow / Resume, and is left for the branch WaitCompleted when the time is over. What an event-based wait waits for has happened at once. The pages tell that there are such branches, not how they end.',
    madeIn: 'packages/connect-flow-kit/src/simulate/wait-block.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/wait.html',
    confidence: 'inferred',
    howToCheck: 'Play two prompts in the Continue branch of a Wait of a minute, and read the flow log.',
  },
  {
    id: 'loop-lives-as-long-as-the-call',
    assumption:
      'The counter of a Loop lives as long as the call, also where its flow is used once more, and starts again after Complete. The first half is said of Loop prompts, on whose page it makes no sense.',
    madeIn: 'packages/connect-flow-kit/src/simulate/loop-block.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/loop-prompts.html',
    confidence: 'inferred',
    howToCheck: 'Let a flow with a Loop of two rounds transfer to itself in each round.',
  },
  {
    id: 'loop-over-a-list',
    assumption:
      'A Loop whose parameters hold a list, or a reference to one, goes through it; the parameter that ends in Name is its name, and $.Loop.<name>.Index counts from 0. What the parameters are called is published nowhere.',
    madeIn: 'packages/connect-flow-kit/src/simulate/loop-block.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/loop.html',
    confidence: 'inferred',
    howToCheck: 'Export a flow whose Loop is set to "Set array for looping".',
  },
  {
    id: 'nothing-stored-is-timeout',
    assumption: 'Store customer input goes on along success with the value Timeout where no key was pressed.',
    madeIn: 'packages/connect-flow-kit/src/simulate/input-blocks.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/store-customer-input.html',
    confidence: 'documented',
    howToCheck: 'Press nothing in a test call and read $.StoredCustomerInput in the flow log.',
  },
  {
    id: 'generative-voices',
    assumption:
      'A voice that is not Japanese and not one of the old standard voices is taken to have a generative and a long-form engine: the list of those grows every few months.',
    madeIn: 'packages/connect-flow-kit/src/voices.ts',
    source: 'https://docs.aws.amazon.com/polly/latest/dg/available-voices.html',
    confidence: 'inferred',
    howToCheck: 'aws polly describe-voices --engine generative',
  },
  {
    id: 'initiation-method',
    assumption:
      'In a flow, $.InitiationMethod is API for a call that StartOutboundVoiceContact placed and INBOUND where the customer called.',
    madeIn: 'packages/sandbox/connect/contact-world.ts',
    source: ATTRIBUTES,
    confidence: 'documented',
    howToCheck: 'Place a test call, call the number back, and read the block "Did the customer call" in the flow log.',
  },
  {
    id: 'function-asked-by-a-flow',
    assumption:
      'A Lambda block waits for at most its time limit and takes the error branch where the function fails, is late, or answers no flat map. The function is told InitiationMethod INBOUND and the caller in CustomerEndpoint.Address: E.164, or no such number where it is withheld.',
    madeIn: 'packages/sandbox/connect/function-calls.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/connect-lambda-functions.html',
    confidence: 'documented',
    howToCheck:
      'Call the number once with and once without caller id, and read what the block "Recognise caller" got in the flow log.',
  },
  {
    id: 'checks-of-the-working-queue',
    assumption:
      'Check hours of operation and Check staffing without a queue of their own look at the working queue that was set before.',
    madeIn: 'packages/connect-flow-kit/src/simulate/check-blocks.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/check-hours-of-operation.html',
    confidence: 'documented',
    howToCheck: 'Close the hours of one of two queues and place a test call for each.',
  },
  {
    id: 'end-of-a-queue-flow',
    assumption:
      'A customer queue flow that ends before any Loop prompts was interrupted leaves the customer in the queue, who hears nothing until an agent answers.',
    madeIn: 'packages/connect-flow-kit/src/simulate/simulate-call.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/end-flow-resume.html',
    confidence: 'inferred',
    howToCheck: 'Let the queue flow of a test call begin with End flow, and log an agent in after a minute.',
  },
  {
    id: 'interruption-from-an-attribute',
    assumption:
      'The interruption period of Loop prompts may be a reference to an attribute that holds whole seconds as text. Where it is refused, the block takes its error branch, after which customers wait without an offer to be called back.',
    madeIn: 'packages/connect-flow-kit/src/simulate/loop-prompts.ts',
    source:
      'https://docs.aws.amazon.com/connect/latest/APIReference/participant-actions-messageparticipantiteratively.html',
    confidence: 'inferred',
    howToCheck:
      'Deploy a stage with offerCallBack, wait in the queue of a test call for longer than afterSeconds, and read the flow log.',
  },
  {
    id: 'resume-after-an-interruption',
    assumption:
      'End flow / Resume after an interrupted Loop prompts starts its prompts again. With "Continue prompts during interrupt" they go on with the next one, or in the middle of the one that was heard where the branch neither spoke nor asked nor waited.',
    madeIn: 'packages/connect-flow-kit/src/simulate/loop-prompts.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/loop-prompts.html',
    confidence: 'documented',
    howToCheck: 'Wait in the queue of a test call for two interruptions, once with the option and once without.',
  },
  {
    id: 'agent-interrupts-the-queue-flow',
    assumption: 'An agent who answers cuts the queue flow short, in the middle of a prompt, too.',
    madeIn: 'packages/sandbox/connect/call-life.ts',
    source: 'https://docs.aws.amazon.com/connect/latest/adminguide/create-contact-flow.html',
    confidence: 'inferred',
    howToCheck: 'Answer while a long prompt of the queue flow plays.',
  },
  {
    id: 'versions-of-contact-flows',
    assumption:
      'CloudFormation creates versions of flows of every type, although the page of the API it calls speaks of campaign flows only.',
    madeIn: 'resources/contact-flows.cjs',
    source: 'https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateContactFlowVersion.html',
    confidence: 'inferred',
    howToCheck: 'Deploy with connect.flowVersions: true; if a …ContactFlowVersion is refused, set it to false.',
  },
];
