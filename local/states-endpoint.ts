import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, sendJson } from './http.ts';
import { type LocalStateMachine, StartExecutionError } from './state-machine.ts';

const JSON_1_0 = 'application/x-amz-json-1.0';

/**
 * Step Functions' StartExecution, as the AWS SDK asks for it. ARNs are not compared: there is one state machine.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function statesEndpoint(stateMachine: LocalStateMachine) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refuse = (__type: string, message: string) => sendJson(response, 400, { __type, message }, JSON_1_0);
    if (request.headers['x-amz-target'] !== 'AWSStepFunctions.StartExecution') {
      return refuse('UnknownOperationException', 'the local stack knows StartExecution only');
    }
    let input: unknown;
    let name: string | undefined;
    try {
      const body = JSON.parse(await readBody(request)) as { input?: string; name?: string };
      input = JSON.parse(body.input ?? '{}');
      name = body.name;
    } catch {
      return refuse('InvalidExecutionInput', 'the request or its input is not JSON');
    }
    try {
      const execution = stateMachine.start(input, name);
      sendJson(response, 200, { executionArn: execution.arn, startDate: execution.startedAt / 1000 }, JSON_1_0);
    } catch (error) {
      if (!(error instanceof StartExecutionError)) throw error;
      refuse(error.name, error.message);
    }
  };
}
