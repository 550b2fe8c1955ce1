import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longest, many of them waiting for clocks that nothing makes faster: last of a run, one would be waited for alone. */
const LONGEST = [
  'tests/e2e/faults.test.ts',
  'tests/e2e/report-to-karte.test.ts',
  'tests/e2e/start-command.test.ts',
  'tests/e2e/call-command.test.ts',
  'tests/e2e/shell-of-an-engineer.test.ts',
  'tests/e2e/waiting-room-of-path.test.ts',
  'tests/e2e/emergency-stop.test.ts',
  'tests/e2e/life-of-a-call.test.ts',
  'packages/sandbox/tests/browser/board-in-browser.test.ts',
  'packages/pop-up/tests/browser/pop-up-availability.test.ts',
  'packages/sandbox/tests/browser/board-read-aloud.test.ts',
  'packages/sandbox/tests/browser/board-crowd.test.ts',
  'tests/packaging/roles-used.test.ts',
  'packages/sandbox/tests/bench-faults.test.ts',
  'packages/sandbox/tests/bench-stack.test.ts',
  'packages/sandbox/tests/bench-flows.test.ts',
  'packages/sandbox/tests/bench-load.test.ts',
  'packages/sandbox/tests/planted-bugs.test.ts',
  'packages/sandbox/tests/board-calls.test.ts',
  'tests/packaging/flow-kit-alone.test.ts',
  'tests/packaging/flow-kit-action.test.ts',
  'tests/packaging/mistakes-through-sls.test.ts',
];

/** Begins each project with its longest files, also on a machine that has run none of them before. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project))];
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((file) => moduleId.endsWith(file));
      return at < 0 ? LONGEST.length : at;
    };
    return sorted.toSorted((a, b) => projects.indexOf(a.project) - projects.indexOf(b.project) || rank(a) - rank(b));
  }
}
