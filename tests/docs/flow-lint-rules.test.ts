import { rulesPage } from 'connect-flow-kit';
import { expect, it } from 'vitest';

it('docs/flow-lint-rules.md tells the rules of the linter', async () => {
  const origin =
    'Written from the rules in `packages/connect-flow-kit/src/lint/rules`; after a change there, run' +
    '\n`npx vitest run tests/docs/flow-lint-rules.test.ts --update`.';
  await expect(rulesPage('npm run flows --', origin)).toMatchFileSnapshot('../../docs/flow-lint-rules.md');
});
