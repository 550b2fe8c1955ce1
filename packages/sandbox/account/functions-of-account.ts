import { AccountRefusal, AnswerWithHeaders, type Input, type Operation } from './account-operation.ts';
import type { AccountState } from './account-state.ts';

/**
 * Method and path → action of Lambda or Polly and its response.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html
 */
export const FUNCTION_ROUTES: Readonly<Record<string, readonly [action: string, answer: Operation]>> = {
  'GET /2015-03-31/functions/{FunctionName}/configuration': [
    'lambda:GetFunctionConfiguration',
    (state, input) => {
      const { name, variables, ...more } = functionOf(state, input);
      const { region, accountId } = state;
      return {
        FunctionName: name,
        FunctionArn: `arn:aws:lambda:${region}:${accountId}:function:${name}`,
        Role: `arn:aws:iam::${accountId}:role/${name}`,
        State: more.state ?? 'Active',
        LastUpdateStatus: more.lastUpdate ?? 'Successful',
        ...(variables && { Environment: { Variables: variables } }),
      };
    },
  ],
  'POST /2015-03-31/functions/{FunctionName}/invocations': [
    'lambda:InvokeFunction',
    (state, input) => {
      const { errorType, answer = {} } = functionOf(state, input);
      return errorType === undefined
        ? answer
        : new AnswerWithHeaders({ errorType }, { 'x-amz-function-error': 'Unhandled' });
    },
  ],
  'GET /2021-10-31/functions/{FunctionName}/url': [
    'lambda:GetFunctionUrlConfig',
    (state, input) => ({ FunctionUrl: functionOf(state, input).url, AuthType: 'NONE' }),
  ],
  'GET /2016-08-19/account-settings': [
    'lambda:GetAccountSettings',
    ({ concurrentExecutions }) => ({ AccountLimit: { ConcurrentExecutions: concurrentExecutions } }),
  ],
  'GET /v1/voices': [
    'polly:DescribeVoices',
    ({ voices }) => ({
      Voices: Object.entries(voices).map(([Id, SupportedEngines]) => ({ Id, SupportedEngines, LanguageCode: 'ja-JP' })),
    }),
  ],
};

function functionOf({ functions }: AccountState, { FunctionName }: Input) {
  const found = functions.find(({ name }) => name === FunctionName);
  if (!found) throw new AccountRefusal('ResourceNotFoundException', `Function not found: ${FunctionName}`, 404);
  return found;
}
