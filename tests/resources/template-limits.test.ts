import { createRequire } from 'node:module';
import { describe, expect, it, vi } from 'vitest';
import { tooLong } from '../../resources/template-limits.ts';

const resource = (Type: string, Properties: object) => ({
  Resources: { Thing: { Type, Properties: { ...Properties } } },
});
const queues = (count: number) => Array.from({ length: count }, () => ({ Priority: 1 }));

describe('what AWS would refuse in the middle of a deployment', () => {
  it.each<[string, object, object, string]>([
    [
      'AWS::Connect::ContactFlow',
      { Name: 'a'.repeat(127) },
      { Name: 'a'.repeat(128) },
      'Name has 128 characters, expected at most 127.',
    ],
    [
      'AWS::Connect::ContactFlow',
      { Content: { 'Fn::Sub': ['a'.repeat(256_000), { Queue: 'b' }] } },
      { Content: { 'Fn::Sub': ['a'.repeat(256_001), {}] } },
      'Content has 256001 characters, expected at most 256000.',
    ],
    [
      'AWS::Connect::RoutingProfile',
      { QueueConfigs: queues(10) },
      { QueueConfigs: queues(11) },
      'QueueConfigs has 11 queues, expected at most 10.',
    ],
    [
      'AWS::Events::Rule',
      { EventPattern: { source: ['a'.repeat(2_033)] } },
      { EventPattern: { source: ['a'.repeat(2_035)] } },
      'EventPattern has 2050 characters, expected at most 2048.',
    ],
  ])('is told of %s', (type, fits, does, sentence) => {
    expect(tooLong(resource(type, fits))).toEqual([]);
    expect(tooLong(resource(type, does))).toEqual([`the stack's Thing (${type}): ${sentence}`]);
  });

  it('ends the packaging with the sentences', () => {
    // Prepare
    const CheckTemplate = createRequire(import.meta.url)('../../resources/check-template.cjs');
    const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
    const said = vi.spyOn(console, 'error').mockReturnValue();
    const packaged = (Name: string) => {
      const compiledCloudFormationTemplate = resource('AWS::Connect::ContactFlow', { Name });
      new CheckTemplate({ service: { provider: { compiledCloudFormationTemplate } } }).hooks[
        'after:package:finalize'
      ]();
    };
    // Act
    packaged('short');
    expect(exit).not.toHaveBeenCalled();
    packaged('a'.repeat(128));
    // Assess
    expect(exit).toHaveBeenCalledWith(1);
    expect(said.mock.calls).toEqual([[expect.stringContaining('Name has 128 characters')]]);
  });
});
