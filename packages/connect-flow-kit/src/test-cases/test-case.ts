import type { NamedFlow } from '../document.ts';
import { flowToken } from '../files/contact-flow-tokens.ts';
import type { CaseResult } from '../scenarios/run-scenario.ts';
import { type CutCall, cutAtQueue } from './cut-call.ts';
import * as language from './testing-language.ts';
import { whatItNeeds, whyNot } from './why-not.ts';

/**
 * A test case of Amazon Connect, as CreateTestCase accepts it except for the instance, and AWS::Connect::TestCase by the same
 * names. Tokens of flows and queues are still in it.
 * @see https://docs.aws.amazon.com/connect/latest/APIReference/API_CreateTestCase.html
 */
export interface TestCase {
  Name: string;
  Description: string;
  EntryPoint: { Type: 'VOICE_CALL'; VoiceCallEntryPointParameters: { FlowId: string; SourcePhoneNumber: string } };
  /** JSON. The attributes were only read back when SegmentAttributes were given as well. */
  InitializationData?: string;
  /** JSON of a `TestContent`. */
  Content: string;
  /** Only what is published is checked, and can be run. */
  Status: 'PUBLISHED';
}

/**
 * A scenario in the testing language and what the instance must be like for it, or why the language cannot express it: clauses
 * without a full stop.
 */
type Translation = { testCase: TestCase; needs: string[] } | { cannot: string[] };

/** A number for examples, which nobody has. */
const CALLER = '+815000000000';

/**
 * Expresses in Amazon Connect's testing language what a scenario shows of a call, up to the transfer to a queue at most: in a
 * queue, a simulated customer reaches a real agent.
 *
 * @param result the scenario with its simulated call
 * @param find a flow by its name
 */
export function testCaseOf(result: CaseResult, find: (name: string) => NamedFlow | undefined): Translation {
  const call = cutAtQueue(result.call, find);
  const cannot = whyNot(result, call);
  if (cannot.length > 0) return { cannot };

  const needs = whatItNeeds(result, call);
  const { name, call: callCase } = result.case;
  const { attributes = {} } = callCase;
  return {
    needs,
    testCase: {
      Name: name,
      Description: [`Flow ${result.flow}`, ...needs.map((clause) => `needs that ${clause}`)].join('; '),
      EntryPoint: {
        Type: 'VOICE_CALL',
        VoiceCallEntryPointParameters: { FlowId: `\${${flowToken(result.flow)}}`, SourcePhoneNumber: CALLER },
      },
      ...(Object.keys(attributes).length > 0 && {
        InitializationData: JSON.stringify({ Attributes: attributes, SegmentAttributes: {} }),
      }),
      Content: JSON.stringify(language.contentOf([...exchangesOf(result, call)])),
      Status: 'PUBLISHED',
    },
  };
}

/** What is heard, one by one, each with the keys that are pressed then; the test ends with the last one. */
function exchangesOf({ case: { call: callCase } }: CaseResult, call: CutCall): language.Exchange[] {
  const exchanges: language.Exchange[] = [{ event: language.STARTED, steps: overridesOf(callCase.fail ?? {}, call) }];
  for (const { step } of call.until) {
    if (step.kind === 'say' && step.text.trim() !== '') {
      exchanges.push({ event: language.textHeard(step.text), steps: [] });
    } else if (step.kind === 'play') {
      exchanges.push({ event: language.promptHeard(step.recording), steps: [] });
    } else if (step.kind === 'enter-queue') {
      exchanges.push({ event: language.transferStarted(step.queue), steps: [] });
    } else if (step.kind === 'keys' && step.pressed !== undefined) {
      exchanges.at(-1)?.steps.push(language.pressKeys(step.pressed));
    }
  }
  exchanges.at(-1)?.steps.push(language.END_TEST);
  return exchanges;
}

/** Responses that replace functions, and a transfer that is to fail. */
function overridesOf(fail: Readonly<Record<string, string>>, { until, blockOf }: CutCall): language.TestStep[] {
  const overrides = new Map<string, language.TestStep>();
  let queue = '';
  for (const line of until) {
    const { step } = line;
    if (step.kind === 'target-queue') queue = step.queue;
    if (step.kind === 'lambda') {
      overrides.set(step.functionArn, language.functionAnswers(step.functionArn, step.answered));
    }
    if (step.kind !== 'go' || step.edge.kind !== 'error') continue;
    const block = blockOf(line);
    const errorType = fail[step.block] ?? fail[`${line.flow}/${step.block}`] ?? step.edge.errorType;
    if (block?.Type === 'TransferContactToQueue') overrides.set(queue, language.transferFails(queue, errorType));
    if (block?.Type === 'InvokeLambdaFunction') {
      const functionArn = String(block.Parameters.LambdaFunctionARN);
      overrides.set(functionArn, language.functionFails(functionArn));
    }
  }
  return [...overrides.values()];
}
