import { expect, it } from 'vitest';
import { lambdaHandler } from '../../adapters/lambda.ts';
import { lambdaContext } from '../functions/function-support.ts';

// @middy/core 7.9.2 answers 5 ms before the time limit with an error of its own, unless told otherwise. Lambda then keeps the process,
// and whatever was not over goes on when it is used again.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
it('leaves a function that takes too long to Lambda, which ends it, so that nothing of it goes on later', async () => {
  // Prepare: timers of one length fire in the order in which they were set, and that of the time limit would be the first.
  const handler = lambdaHandler(
    () => 'StartCall',
    async () => {
      await Promise.resolve();
      await new Promise((done) => setTimeout(done, 1));
      return 'late';
    },
  );

  // Act
  const answer = await handler({}, { ...lambdaContext(), getRemainingTimeInMillis: () => 0 }, () => undefined);

  // Assess
  expect(answer).toBe('late');
});
