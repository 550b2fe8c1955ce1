import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AWS_METRICS } from '../resources/aws-metrics.ts';
import { PROJECT } from '../run-command.ts';
import { packagedStage, packagedWithOptions } from './packaged-stages.ts';
import { ofType, properties } from './template.ts';
import { isLike, type Statement } from './template-policies.ts';

interface Body {
  widgets: { properties: { metrics: [namespace: string, name: string, ...string[]][] } }[];
}

const TEMPLATES = { dev: packagedStage('dev'), prod: packagedStage('prod'), 'with options': packagedWithOptions() };

describe.each(Object.entries(TEMPLATES))('the dashboard of a packaged stage: %s', (_, { template }) => {
  const { DashboardName, DashboardBody } = properties(template, 'Dashboard') as {
    DashboardName: string;
    DashboardBody: { 'Fn::Sub': string };
  };
  const metrics = (JSON.parse(DashboardBody['Fn::Sub']) as Body).widgets.flatMap((one) => one.properties.metrics);
  const of = (namespace: string) => metrics.filter(([first]) => first === namespace);

  it('counts the errors of every function that the stage has', () => {
    const functions = ofType(template, 'AWS::Lambda::Function').map(([id]) => `\${${id}}`);
    const watched = of('AWS/Lambda').filter(([, name]) => name === 'Errors');
    expect(watched.map((metric) => metric[3]).sort()).toEqual(functions.sort());
  });

  it('reads the metrics of its own functions and of AWS, and of nothing else', () => {
    const road = properties(template, 'RoadLambdaFunction') as { Environment: { Variables: Record<string, string> } };
    const { POWERTOOLS_METRICS_NAMESPACE: own } = road.Environment.Variables;
    const namespaces = metrics.map(([first]) => first).filter((first) => typeof first === 'string');
    const ofAws = ['AWS/States', 'AWS/Lambda', 'AWS/SQS'];
    expect(new Set(namespaces)).toEqual(new Set([own, ...ofAws]));
    // Each by the dimensions that AWS writes it with.
    for (const [namespace, name, dimension] of ofAws.flatMap(of)) {
      expect(AWS_METRICS[namespace]?.metrics[name], `${namespace} ${name}`).toContainEqual([dimension]);
    }
  });

  it('has a name that the deployer may use', () => {
    const policy = JSON.parse(readFileSync(join(PROJECT, 'docs/deployer-policy.json'), 'utf8')) as {
      Statement: { Action: Statement['Action']; Resource: string | string[] }[];
    };
    const resources = policy.Statement.filter(({ Action }) => Action.includes('cloudwatch:PutDashboard')).flatMap(
      ({ Resource }) => Resource,
    );
    const arn = `arn:aws:cloudwatch::000000000000:dashboard/${DashboardName}`;
    expect(resources.some((pattern) => isLike(arn, pattern))).toBe(true);
  });
});
