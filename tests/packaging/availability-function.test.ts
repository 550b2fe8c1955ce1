import { describe, expect, it } from 'vitest';
import { readService } from '../../packages/sandbox/service.ts';
import { templateFaults } from './cloudformation-check.ts';
import keptNames from './deployed-names.json' with { type: 'json' };
import { differences, namesIn } from './deployed-names.ts';
import { ORIGINS, packagedStage, packagedWithOptions } from './packaged-stages.ts';
import { properties } from './template.ts';

const packaged = packagedWithOptions();

describe('a stage that asks for availability.json', () => {
  /** Of the template, what the stage is without where it does not ask for it. */
  function ofItsOwn() {
    const without = packagedStage('dev').template;
    const pick = <T>(all: Record<string, T> = {}, known: object = {}) =>
      Object.fromEntries(
        Object.entries(all).filter(([id]) => id.startsWith('TellAvailability') && !Object.hasOwn(known, id)),
      );
    const { Resources, Outputs } = packaged.template;
    return { Resources: pick(Resources, without.Resources), Outputs: pick(Outputs, without.Outputs) };
  }

  it('has the names that pages know it by, and agrees with the schema of every resource', () => {
    const { resource, name, output } = namesIn(ofItsOwn(), 'dev');
    expect(differences(keptNames.withAvailability, { resource, name, output })).toEqual([]);
    expect(templateFaults(packaged.template)).toEqual([]);
  });

  it('lets anybody ask, by the two permissions that a public function URL needs', () => {
    const permissions = Object.values(ofItsOwn().Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Permission')
      .map(({ Properties }) => Properties);
    const FunctionName = { 'Fn::GetAtt': ['TellAvailabilityLambdaFunction', 'Arn'] };
    expect(permissions).toHaveLength(2);
    expect(permissions).toEqual(
      expect.arrayContaining([
        { FunctionName, Principal: '*', Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' },
        { FunctionName, Principal: '*', Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true },
      ]),
    );
  });

  it('lets the pages of its origins read the answer, and no others', () => {
    expect(properties(packaged.template, 'TellAvailabilityLambdaFunctionUrl')).toMatchObject({
      AuthType: 'NONE',
      Cors: { AllowOrigins: ORIGINS, AllowMethods: ['GET'] },
    });
    expect(properties(packaged.template, 'TellAvailabilityLambdaFunctionUrl').Cors).not.toHaveProperty(
      'AllowCredentials',
    );
  });

  it('has a bound on what strangers take of the account, and no log line of Lambda for each of them', () => {
    expect(properties(packaged.template, 'TellAvailabilityLambdaFunction')).toMatchObject({
      ReservedConcurrentExecutions: 5,
      LoggingConfig: { LogFormat: 'JSON', SystemLogLevel: 'WARN' },
    });
    expect(properties(packaged.template, 'TellAvailabilityLogGroup')).toMatchObject({ RetentionInDays: 14 });
  });

  it('holds the function without the libraries of telephone numbers and settings', () => {
    const { text = '' } = packaged.bundles.get('tellAvailability') ?? {};
    const has = (part: string) => text.includes(part);
    expect(has('GetEffectiveHoursOfOperations')).toBe(true);
    expect(['ZodError', 'libphonenumber', 'country_calling_codes'].filter(has)).toEqual([]);
  });
});

it('a stage that does not ask for it has nothing of it', () => {
  const { template, bundles } = packagedStage('dev');
  expect(JSON.stringify(template)).not.toMatch(/availability/i);
  expect(bundles.has('tellAvailability')).toBe(false);
  expect(readService('dev', 0).functions).not.toHaveProperty('tellAvailability');
});
