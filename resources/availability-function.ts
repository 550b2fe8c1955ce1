import type { StageFile } from '../domain/stage-file.ts';

/** A function's entry in serverless.yml, as far as this one needs it. */
export type AvailabilityFunction = NonNullable<ReturnType<typeof availabilityFunction>>;

/**
 * The function of availability.json behind a URL that anybody may ask, where the stage wants it. The framework adds both
 * permissions that a public URL needs, and the URL to the outputs of the stack.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function availabilityFunction({ availability }: StageFile) {
  if (!availability) return null;
  return {
    handler: 'functions/tell-availability.handler',
    description: 'availability.json - tells pages whether somebody would be called now',
    role: 'TellAvailabilityRole',
    dependsOn: ['StageIds'],
    memorySize: 512,
    // As many queues as stage-contradictions.ts lets a stage tell of, one after the other.
    timeout: 20,
    // All that strangers can take of the account's concurrency, and 10 times as many requests a second; what is beyond
    // is answered with 429 by Lambda itself and costs nothing.
    // https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-throttling
    reservedConcurrency: 5,
    // No line per request in the log: a flood would be paid for there.
    logs: { logFormat: 'JSON', systemLogLevel: 'WARN' },
    url: {
      // A page asks with a plain GET, without a header of its own, which browsers send without asking first.
      cors: { allowedOrigins: availability.origins, allowedMethods: ['GET'], allowedHeaders: null, maxAge: 86_400 },
    },
  };
}
