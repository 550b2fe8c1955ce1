import { describe, expect, it } from 'vitest';
import { readService } from '../service.ts';
import { functionTimes, shareOf } from '../simulation/cold-starts.ts';

describe('what functions compute', () => {
  const { functions } = readService('local', 0);

  it('was measured for every function of serverless.yml', () => {
    expect(Object.keys(functionTimes(functions))).toEqual(Object.keys(functions));
    for (const { startMs, computeMs } of Object.values(functionTimes(functions))) {
      expect(startMs).toBeGreaterThan(computeMs);
      expect(computeMs).toBeGreaterThan(0);
    }
  });

  it('takes half as long with twice the memory, up to a core', () => {
    const [name, found] = Object.entries(functions)[0] ?? ['', { memoryMb: 0 }];
    const withMb = (memoryMb: number) => functionTimes({ [name]: { ...found, memoryMb } } as typeof functions)[name];
    expect(withMb(512)?.startMs).toBeCloseTo(2 * (withMb(1_024)?.startMs ?? 0));
    expect(withMb(4_096)).toEqual(withMb(1_769));
    expect(shareOf(512)).toBeCloseTo(0.289, 3);
  });

  it('says how a function is measured that nobody has measured', () => {
    const unknown = { unknown: Object.values(functions)[0] } as typeof functions;
    expect(() => functionTimes(unknown)).toThrow('nobody has measured unknown: npm run bench -- road --write');
  });
});
