import type { Source } from '../catalogue/spec.ts';

/** A page of the administrator guide. */
export const adminGuide = (page: string): Source => ({
  kind: 'doc',
  note: `https://docs.aws.amazon.com/connect/latest/adminguide/${page}.html`,
});

/** A page of the API reference. */
export const apiReference = (page: string): Source => ({
  kind: 'doc',
  note: `https://docs.aws.amazon.com/connect/latest/APIReference/${page}.html`,
});
