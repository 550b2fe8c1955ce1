import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { loadStage, SERVICE } from '../../resources/load-stage.ts';
import { packagedWithOptions } from './packaged-stages.ts';

/** How long a name may be, by the type of its resource; a longer one would be cut, and two be the same. */
const LONGEST: Record<string, number> = {
  'AWS::Lambda::Function': 64,
  'AWS::Events::Rule': 64,
  'AWS::StepFunctions::StateMachine': 80,
  'AWS::SQS::Queue': 80,
  'AWS::SNS::Topic': 256,
  'AWS::Connect::ContactFlow': 127,
  'AWS::Connect::Queue': 127,
  'AWS::Connect::RoutingProfile': 127,
  'AWS::Connect::HoursOfOperation': 127,
  'AWS::DynamoDB::Table': 255,
  'AWS::CloudWatch::Alarm': 255,
  'AWS::CloudWatch::Dashboard': 255,
  'AWS::Logs::LogGroup': 512,
  'AWS::SSM::Parameter': 1_011,
};

const { Resources: RESOURCES } = packagedWithOptions().template;

/** A text of the template of dev as another stage has it: nothing but the name of the stage differs. */
const as = (stage: string) => (text: string) =>
  text.replaceAll(`${SERVICE}-dev`, `${SERVICE}-${stage}`).replaceAll(`${SERVICE}/dev/`, `${SERVICE}/${stage}/`);

/** The names that the template gives, with the type of what has them. */
const NAMES = Object.values(RESOURCES).flatMap(({ Type: type, Properties = {} }) =>
  Object.entries(Properties)
    .filter(([key, value]) => /Name$/.test(key) && String(value).includes(SERVICE))
    .map(([, name]) => ({ type, name: String(name) })),
);

const namesOf = (stage: string) => NAMES.map(({ type, name }) => ({ type, name: as(stage)(name) }));

/** Every stage whose name, with the rest of a name of the stage "a", reads like the whole of it: a-release, a-call … */
const nastyStages = [
  ...new Set(
    namesOf('a').flatMap(({ name }) => {
      const parts = name.slice(name.indexOf(SERVICE) + SERVICE.length + 1).split(/[-/]/);
      return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('-'));
    }),
  ),
].filter((stage) => /^[a-z][a-z0-9-]{0,19}$/.test(stage));

describe('the names of two stages', () => {
  it('are never the same', () => {
    const stages = [
      ...nastyStages,
      'a-b',
      'ab',
      'aa',
      'x'.repeat(20),
      'x'.repeat(19),
      `${'x'.repeat(18)}-a`,
      'dev',
      'dev-2',
    ];
    expect(nastyStages).toEqual(expect.arrayContaining(['a', 'a-release', 'a-call-me', 'a-waiting']));
    const owners = new Map<string, string[]>();
    for (const stage of stages) {
      for (const key of new Set(namesOf(stage).map(({ type, name }) => `${type} ${name}`)))
        owners.set(key, [...(owners.get(key) ?? []), stage]);
    }
    expect([...owners].filter(([, of]) => of.length > 1)).toEqual([]);
  });

  it('are short enough for AWS to take them whole, in a stage of 20 characters', () => {
    const named = namesOf('x'.repeat(20));
    expect(named.filter(({ type, name }) => name.length > (LONGEST[type] ?? 0))).toEqual([]);
  });
});

describe('a permission of a stage', () => {
  const filled = (text: string) =>
    text
      .replaceAll('${AWS::Partition}', 'aws')
      .replaceAll('${AWS::Region}', 'ap-northeast-1')
      .replaceAll('${AWS::AccountId}', '123456789012');

  /** Texts of IAM policies that stand for several things. The instance is shared, and "*" is another test's. */
  const wildcards = (of: object): string[] =>
    [...JSON.stringify(of).matchAll(/"(arn:[^"]*[*?][^"]*)"/g)]
      .map(([, text = '']) => filled(text))
      .filter((text) => !text.startsWith('arn:aws:connect:') && text !== '*');

  const covers = (pattern: string, arn: string) =>
    new RegExp(
      `^${pattern
        .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.')}$`,
    ).test(arn);

  /** ARNs of a stage's things, and of what lies in them. */
  const arnsOf = (stage: string): string[] =>
    namesOf(stage).flatMap(({ type, name }) => {
      const arn = (service: string, path: string) => `arn:aws:${service}:ap-northeast-1:123456789012:${path}`;
      if (type === 'AWS::Logs::LogGroup') return [arn('logs', `log-group:${name}:log-stream:2026/11/28`)];
      if (type === 'AWS::StepFunctions::StateMachine')
        return [arn('states', `stateMachine:${name}`), arn('states', `execution:${name}:1`)];
      if (type === 'AWS::Lambda::Function')
        return [arn('lambda', `function:${name}`), arn('lambda', `function:${name}:1`)];
      if (type === 'AWS::DynamoDB::Table')
        return [arn('dynamodb', `table/${name}`), arn('dynamodb', `table/${name}/index/byPhone`)];
      return type === 'AWS::SSM::Parameter' ? [arn('ssm', `parameter${name}`)] : [];
    });

  const OF_ROLES = wildcards(Object.values(RESOURCES).filter(({ Type }) => Type === 'AWS::IAM::Role'));
  const wildcardsOf = (stage: string) => OF_ROLES.map(as(stage));

  it.each(nastyStages.filter((stage) => stage !== 'a').concat('a-b', 'ab', 'a2'))(
    'never covers what is of the stage %s',
    (other) => {
      const own = wildcardsOf('a');
      expect(own.length).toBeGreaterThan(5);
      const foreign = arnsOf(other);
      expect(own.filter((pattern) => foreign.some((arn) => covers(pattern, arn)))).toEqual([]);
      expect(wildcardsOf(other).filter((pattern) => arnsOf('a').some((arn) => covers(pattern, arn)))).toEqual([]);
    },
  );

  it('covers its own log streams and executions', () => {
    const own = wildcardsOf('a');
    const covered = arnsOf('a').filter((arn) => own.some((pattern) => covers(pattern, arn)));
    expect(covered.map((arn) => arn.split(':')[2])).toEqual(expect.arrayContaining(['logs', 'states']));
  });

  it('covers a secret with the six characters that AWS adds, and none that is called like it', async () => {
    // Prepare
    const secretName = `${SERVICE}/a/signing-keys`;
    const loaded = loadStage('dev', undefined, undefined, { signature: { mode: 'required', secretName } });
    const roles = createRequire(import.meta.url)('../../resources/roles.cjs');
    // Act
    const { Resources } = await roles({
      resolveVariable: async (name: string) =>
        name === 'self:custom.stage' ? loaded : name === 'sls:stage' ? 'a' : SERVICE,
    });
    const patterns = wildcards(Resources).filter((pattern) => pattern.includes(':secret:'));
    const isCovered = (name: string) =>
      patterns.some((pattern) => covers(pattern, `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:${name}`));
    // Assess
    expect(isCovered(`${secretName}-AbCdEf`)).toBe(true);
    for (const other of ['-old', '-AbCdEf', '2', '/old']) expect(isCovered(`${secretName}${other}-AbCdEf`)).toBe(false);
    expect(isCovered(`${SERVICE}/a-b/signing-keys-AbCdEf`)).toBe(false);
  });
});
