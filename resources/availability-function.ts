import type { StageFile } from '../domain/stage-file.ts';

/** The part of a function's entry in serverless.yml that this one needs. */
export type AvailabilityFunction = NonNullable<ReturnType<typeof availabilityFunction>>;

/**
 * The function behind the public URL of availability.json, if the stage has one. The framework adds both permissions that a
 * public URL needs, and the URL to the outputs of the stack.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function availabilityFunction({ availability }: StageFile) {
  if (!availability) return null;
  return {
    handler: 'functions/tell-availability.handler',
    description: 'availability.json - tells pages whether a request made now would be called',
    role: 'TellAvailabilityRole',
    dependsOn: ['StageIds'],
    memorySize: 512,
    // Enough for the most queues that stage-contradictions.ts allows, read one by one.
    timeout: 20,
    // Limits the share of the account's concurrency that strangers can use, and requests per second to 10 times that; Lambda
    // answers the rest with 429, free of charge.
    // https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-throttling
    reservedConcurrency: 5,
    // No log line per request, as a flood would cost money there.
    logs: { logFormat: 'JSON', systemLogLevel: 'WARN' },
    url: {
      // Pages send a plain GET without custom headers, which needs no preflight.
      cors: { allowedOrigins: availability.origins, allowedMethods: ['GET'], allowedHeaders: null, maxAge: 86_400 },
    },
  };
}
