import { GetFunctionUrlConfigCommand } from '@aws-sdk/client-lambda';
import type { Account } from '../account.ts';
import type { Check, CheckedStage, Finding } from '../check.ts';
import { functionName, once } from '../stage-answers.ts';

const PERMISSIONS = ['lambda:GetFunctionUrlConfig'];
/** Nobody's page: the domain is reserved for examples. */
const FOREIGN = 'https://conformance.example.org';
const ALLOWED = 'access-control-allow-origin';

/** The function URL of availability.json, requested as browsers do. */
export const FUNCTION_URL_CHECKS: readonly Check[] = [
  {
    id: 'function-url-cors',
    title: 'The function URL sends the CORS headers by itself, once',
    permissions: PERMISSIONS,
    ask: (account, stage) =>
      ofStageWithAvailability(stage, async (origin) => {
        const url = await functionUrl(account, stage);
        const preflight = await fetch(url, {
          method: 'OPTIONS',
          headers: { origin, 'access-control-request-method': 'GET' },
        });
        const answer = await fetch(url, { headers: { origin } });
        const seen = `preflight ${preflight.status}, ${ALLOWED} ${named(preflight)}; answer ${answer.status}, ${named(answer)}`;
        return preflight.ok && preflight.headers.get(ALLOWED) === origin && answer.headers.get(ALLOWED) === origin
          ? { state: 'fine', seen }
          : {
              state: 'problem',
              seen,
              nextStep: 'Report this: pages of the site may be unable to read availability.json.',
            };
      }),
  },
  {
    id: 'function-url-foreign-origin',
    title: 'A page of an origin that is not listed cannot read the answer',
    permissions: PERMISSIONS,
    ask: (account, stage) =>
      ofStageWithAvailability(stage, async () => {
        const answer = await fetch(await functionUrl(account, stage), { headers: { origin: FOREIGN } });
        const seen = `answer ${answer.status}, ${ALLOWED} ${named(answer)}`;
        return answer.headers.get(ALLOWED) === null
          ? { state: 'fine', seen }
          : { state: 'problem', seen, nextStep: 'Report this: any page may read availability.json.' };
      }),
  },
];

/** `null`, or the value without numbers and account ids. */
const named = ({ headers }: Response): string => (headers.has(ALLOWED) ? 'named' : 'not named');

async function ofStageWithAvailability(
  { file: { availability } }: CheckedStage,
  ask: (origin: string) => Promise<Finding>,
): Promise<Finding> {
  const [origin] = availability?.origins ?? [];
  if (origin !== undefined) return ask(origin);
  return {
    state: 'unchecked',
    seen: 'the stage has no availability.json',
    nextStep: 'Nothing to do, unless pages should ask whether a visitor would be called now.',
  };
}

const functionUrl = (account: Account, stage: CheckedStage): Promise<string> =>
  once(account, 'function URL', async () => {
    const FunctionName = functionName(stage, 'tellAvailability');
    const { FunctionUrl = '' } = await account.lambda.send(new GetFunctionUrlConfigCommand({ FunctionName }));
    return FunctionUrl;
  });
