import { expect, it } from 'vitest';
import { findingOf } from '../check.ts';
import { ASSUMPTION_CHECKS } from '../checks/every-check.ts';
import { STAGE_CHECKS } from '../checks/stage-checks.ts';
import { testAccount } from './account-support.ts';
import { STAGE, wholeAccount } from './whole-account.ts';

const ROAD = 'the function karte-connect-call-dev-road';
const NO_TABLE = { name: 'ResourceNotFoundException', message: 'Requested resource not found' };

/** An account that has everything but the stage. */
const undeployed = () =>
  wholeAccount({
    parameters: {},
    functions: [],
    executions: [],
    records: [],
    eventBuses: [],
    refusals: {
      'dynamodb:Query': NO_TABLE,
      'dynamodb:DescribeTable': NO_TABLE,
      'events:ListRules': { name: 'ResourceNotFoundException', message: 'Event bus does not exist.' },
    },
  });

it.each([
  ['permission-for-hours', ROAD],
  ['permission-to-call', ROAD],
  ['permission-for-metrics', ROAD],
  ['cjs-handlers', ROAD],
  ['list-executions', ROAD],
  ['state-jitter', ROAD],
  ['dynamodb-partition-throughput', 'the table karte-connect-call-dev-guards'],
  ['function-url-cors', 'the function karte-connect-call-dev-tellAvailability'],
  ['function-url-foreign-origin', 'the function karte-connect-call-dev-tellAvailability'],
])('before the deployment %s says that %s does not exist, and what to do', async (id, thing) => {
  const { account } = await testAccount(undeployed());
  const check = [...ASSUMPTION_CHECKS, ...STAGE_CHECKS].find((one) => one.id === id);
  expect(check && (await findingOf(check, account, STAGE))).toEqual({
    state: 'unchecked',
    seen: `${thing} does not exist (ResourceNotFoundException)`,
    nextStep: 'Deploy the stage first: npx sls deploy --stage dev.',
  });
});

it('no check says that something does not exist without its name', async () => {
  const { account } = await testAccount(undeployed());
  const said = [];
  for (const check of [...ASSUMPTION_CHECKS, ...STAGE_CHECKS]) said.push(await findingOf(check, account, STAGE));
  expect(said.filter(({ seen }) => seen.startsWith('the resource'))).toEqual([]);
  expect(said).toContainEqual(
    expect.objectContaining({
      seen: `the event bus ${STAGE.file.karte.eventBusName} does not exist (ResourceNotFoundException)`,
    }),
  );
});
