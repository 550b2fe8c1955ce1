import { InvokeCommand } from '@aws-sdk/client-lambda';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { EXAMPLE_NUMBER } from '../../../../domain/example-number.ts';
import { isObject } from '../../../../domain/json-object.ts';
import { parseJson } from '../../../../domain/json-text.ts';
import type { Account } from '../../account.ts';
import type { CheckedStage, DoctorCheck } from '../../check.ts';
import { counted } from '../../counted.ts';
import { pointsOf, sumOf } from '../../metric-sums.ts';
import { functionName } from '../../stage-answers.ts';

/** The same delay as that of the alarm karte-reports-late. */
const LATE_MS = 900_000;

/** The keys of signed requests. Only the function `admit` reads them, so it is invoked with an unsigned request. */
export const SIGNING_SECRET: DoctorCheck = {
  id: 'signing-secret',
  title: 'The keys of signed requests exist and are well-formed',
  problem: 'The keys of signed requests are missing or malformed',
  permissions: ['secretsmanager:DescribeSecret', 'lambda:InvokeFunction'],
  async ask(account, stage) {
    const { mode, secretName } = stage.file.signature;
    if (mode === 'off' || secretName === null) {
      return { state: 'fine', seen: 'the stage does not use signatures (signature.mode: off)' };
    }
    const wrong = await whatIsWrong(account, secretName);
    if (wrong !== undefined) {
      return { state: 'problem', seen: wrong, nextStep: 'Create it as described in docs/signed-requests.md.' };
    }
    if (mode === 'warn') {
      return {
        state: 'unchecked',
        seen: 'the secret exists; with signature.mode: warn, only the log says whether it is well-formed',
        nextStep: `Look for "signing keys unreadable": aws logs tail /aws/lambda/${functionName(stage, 'admit')} --since 1d`,
      };
    }
    const { reason, errorType } = await answerToUnsigned(account, stage);
    if (reason !== undefined) return { state: 'fine', seen: `admit read them, and refused an unsigned request` };
    return {
      state: 'problem',
      seen: `admit failed on an unsigned request (${errorType})`,
      nextStep: `Does the secret ${secretName} have the form of docs/signed-requests.md, and may the role of admit use the key that encrypts it? Its log says more.`,
    };
  },
};

/** The token of KARTE's Track API. There is no known request that tests a token without writing an event. */
export const KARTE_TOKEN: DoctorCheck = {
  id: 'karte-token',
  title: 'KARTE accepts the reports on calls',
  problem: 'KARTE does not accept the reports on calls',
  permissions: ['secretsmanager:DescribeSecret', 'cloudwatch:GetMetricData'],
  async ask(account, stage) {
    const { reportToKarte } = stage.file;
    if (!reportToKarte) return { state: 'fine', seen: 'the stage reports nothing to KARTE (reportToKarte: null)' };
    const wrong = await whatIsWrong(account, reportToKarte.secretName);
    if (wrong !== undefined) {
      return { state: 'problem', seen: wrong, nextStep: 'Create it as described in docs/report-to-karte.md.' };
    }
    const dimensions = { FunctionName: functionName(stage, 'reportToKarte') };
    const [age = [], runs = []] = await pointsOf(
      account,
      [
        { namespace: 'AWS/Lambda', name: 'IteratorAge', dimensions, statistic: 'Maximum' },
        { namespace: 'AWS/Lambda', name: 'Invocations', dimensions },
      ],
      24,
    );
    if (sumOf(runs) === 0) {
      return {
        state: 'unchecked',
        seen: 'the secret exists; there was nothing to report in the last 24 hours, and a token cannot be tested without writing an event',
        nextStep:
          "Submit the pop-up as a test user, and look for the event karte_ivr_call_try among that user's events in KARTE.",
      };
    }
    // Only the latest hour with a value counts: earlier problems may be fixed.
    const latest = age[0]?.value ?? 0;
    return latest < LATE_MS
      ? {
          state: 'fine',
          seen: `${counted(sumOf(runs), 'run')} of reportToKarte in the last 24 hours, none of them late`,
        }
      : {
          state: 'problem',
          seen: `reports are ${Math.round(latest / 60_000)} minutes late`,
          nextStep: `Read its log for KARTE's answer: 401 and 403 mean the token. Put a new one into the secret ${reportToKarte.secretName}; no deployment is needed.`,
        };
  },
};

/** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DescribeSecret.html */
async function whatIsWrong(account: Account, SecretId: string): Promise<string | undefined> {
  try {
    const { DeletedDate } = await account.secretsManager.send(new DescribeSecretCommand({ SecretId }));
    return DeletedDate === undefined ? undefined : `the secret ${SecretId} is about to be deleted`;
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return `there is no secret ${SecretId}`;
    throw error;
  }
}

/** The answer of `admit` to an unsigned request that is an hour old: it reads the keys before any other check. */
async function answerToUnsigned(
  account: Account,
  stage: CheckedStage,
): Promise<{ reason?: string; errorType?: string }> {
  const { Payload, FunctionError } = await account.lambda.send(
    new InvokeCommand({
      FunctionName: functionName(stage, 'admit'),
      Payload: JSON.stringify(unsignedRequest(stage)),
    }),
  );
  const answer = parseJson(Payload?.transformToString() ?? '{}');
  if (!isObject(answer)) return { errorType: 'no answer' };
  if (FunctionError !== undefined) return { errorType: String(answer.errorType) };
  const ending = isObject(answer.ending) ? answer.ending : {};
  return ending.outcome === 'signature_refused'
    ? { reason: String(ending.reason) }
    : { errorType: `it answered ${ending.outcome ?? answer.decision}` };
}

/** Has the example number, which no stage calls. */
const unsignedRequest = ({ file: { karte } }: Pick<CheckedStage, 'file'>, now = new Date()) => ({
  version: '0',
  id: `doctor-${now.getTime()}`,
  'detail-type': 'KARTE Action',
  source: karte.eventBusName,
  time: `${new Date(now.getTime() - 3_600_000).toISOString().slice(0, 19)}Z`,
  detail: { name: karte.actionName, content: { phone_e164: EXAMPLE_NUMBER, user_type: 'other' } },
});
