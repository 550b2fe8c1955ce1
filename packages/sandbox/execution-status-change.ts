import { randomUUID } from 'node:crypto';
import { stateMachineOf } from './execution-list.ts';
import type { Execution } from './state-machine.ts';

/** Input and output are omitted from an event if, escaped, they are longer than this together. */
const MAX_DATA_BYTES = 248 * 1024;

/**
 * "Step Functions Execution Status Change" as Amazon EventBridge delivers it. Times in `detail` are epoch milliseconds;
 * input and output are JSON text.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
export function executionStatusChange({
  arn,
  name,
  status,
  startedAt,
  endedAt,
  input,
  output,
  error,
  cause,
}: Execution) {
  const [, , , region = '', account = ''] = arn.split(':');
  const stopDate = endedAt ?? null;
  const data = [input, output].map((value) => (value === undefined ? null : JSON.stringify(value)));
  const included = Buffer.byteLength(JSON.stringify(data)) <= MAX_DATA_BYTES;
  const [inputText, outputText] = included ? data : [null, null];
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    account,
    time: `${new Date(endedAt ?? startedAt).toISOString().slice(0, 19)}Z`,
    region,
    resources: [arn],
    detail: {
      executionArn: arn,
      stateMachineArn: stateMachineOf(arn),
      name,
      status,
      startDate: startedAt,
      stopDate,
      input: inputText,
      inputDetails: { included },
      output: outputText,
      outputDetails: output === undefined ? null : { included },
      error: error ?? null,
      cause: cause ?? null,
    },
  };
}
