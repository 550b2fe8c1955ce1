import type { Source } from '../catalogue/spec.ts';

export { adminGuide } from '../catalogue/shared.ts';

/** A page of the API reference. */
export const apiReference = (page: string): Source => ({
  kind: 'doc',
  note: `https://docs.aws.amazon.com/connect/latest/APIReference/${page}.html`,
});
