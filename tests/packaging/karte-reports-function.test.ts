import { describe, expect, it } from 'vitest';
import { readService } from '../../packages/sandbox/service.ts';
import { templateFaults } from './cloudformation-check.ts';
import keptNames from './deployed-names.json' with { type: 'json' };
import { differences, namesIn } from './deployed-names.ts';
import { packagedStage, packagedWithOptions } from './packaged-stages.ts';
import { properties } from './template.ts';

const packaged = packagedWithOptions();

describe('a stage that reports to KARTE', () => {
  it('has the names that are kept, and agrees with the schema of every resource', () => {
    const known = packagedStage('dev').template.Resources;
    const Resources = Object.fromEntries(
      Object.entries(packaged.template.Resources).filter(
        ([id]) => !Object.hasOwn(known, id) && /^(?:ReportToKarte|KarteReports)/.test(id),
      ),
    );
    const { resource, name } = namesIn({ Resources, Outputs: {} }, 'dev');
    expect(differences(keptNames.withReportToKarte, { resource, name })).toEqual([]);
    expect(templateFaults(packaged.template)).toEqual([]);
  });

  it('tells the function what a write changed, and hears of each write that failed', () => {
    expect(properties(packaged.template, 'CallsTable')).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    expect(properties(packaged.template, 'ReportToKarteEventSourceMappingDynamodbCallsTable')).toMatchObject({
      EventSourceArn: { 'Fn::GetAtt': ['CallsTable', 'StreamArn'] },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      StartingPosition: 'TRIM_HORIZON',
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['DeadLetterQueue', 'Arn'] } } },
    });
  });
});

it('a stage that does not report has nothing of it, and no stream', () => {
  const { template, bundles } = packagedStage('dev');
  expect(JSON.stringify(template)).not.toMatch(
    /ReportToKarte|-reportToKarte|KarteReports|StreamSpecification|StreamArn/,
  );
  expect(bundles.has('reportToKarte')).toBe(false);
  expect(readService('dev', 0).functions).not.toHaveProperty('reportToKarte');
});
