/** A scenario file as people write it. */
const SCENARIO_EXAMPLE = `flow: call-me
defaults:
  attributes: { user_type: member, queue_arn: 00000000-0000-4000-8000-00000000c001 }
scenarios:
  - name: a member reaches an agent who is free
    press: ["1"]
    hears:
      - いつもご利用いただきありがとうございます。
      - オペレーターにおつなぎします。
    agentHears: [ご利用中のお客様です。]
    ends: agent
  - name: anyone who is not known is greeted as well
    attributes: { user_type: null }
    hearsFirst: お問い合わせいただきありがとうございます。
    hearsNot: [いつも]
    ends: agent
  - name: whatever fails, the customer hears an apology
    eachFails:
      - Set working queue: NoMatchingError
      - Transfer to queue: NoMatchingError
    hearsLast: 申し訳ございません。
    ends: goodbye
`;

/** What a scenario file may contain, for people. */
export const SCENARIO_HELP = `A scenario file has
  flow               the flow that the calls start with: its file without .json
  defaults           fields of a call, for every scenario that does not say otherwise; attributes, lambda and fail are merged by key
  scenarios          a list, each with a name, the fields of its call, what is heard, and how the call ends

The call, each field with the default of simulate
  attributes         contact attributes it starts with, by name; null removes one of the defaults
  initiation         API: the customer is called; INBOUND: the customer calls
  answer             human or voicemail, which presses no key
  press              keys each time the flow asks, as a list of texts; "" is silence
  pressAhead         keys without being asked, as soon as the flow buffers them
  agents             agents who are free
  staffed            agents at work, including busy ones
  agentAfterSeconds  an agent becomes free after this long in the queue
  agentMisses        agents who do not take the call before one does
  waiting            contacts already in the queue
  queueFull          true: the queue accepts no more contacts
  hours              open or closed
  holdSeconds        the agent puts the customer on hold for this long
  lambda             responses of Lambda functions, by name or ARN (* for all); error is a failure
  dataTables         content of data tables: values by query, a list of rows by group
  percent            1–100, drawn when a flow distributes contacts
  intent             the intent that Lex recognises
  fail               error types by block, or by <flow>/<block>: what fails
  eachFails          a list of these: one call for each, in which that fails as well

What is heard: at least one of
  hears              everything that the customer hears, in order; a recording as [recording <id>], a loop's messages once
  hearsFirst         the first text of it
  hearsLast          the last text of it
  hearsNot           words that do not occur in it
  agentHears         everything that the agent hears before the customer

  ends               agent: an agent talks to the customer
                     goodbye: the flow speaks and hangs up
                     silence: it hangs up without a closing prompt, or cannot continue
                     transferred: to an external number
                     callback: one was arranged
                     waiting: still in line after an hour
                     over: a flow that only accompanies a call ended

For example:

${SCENARIO_EXAMPLE.replace(/^(?=.)/gm, '  ')}`;
