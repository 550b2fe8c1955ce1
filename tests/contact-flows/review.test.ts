import { describe, expect, it } from 'vitest';
import { repositoryFlows } from '../../packages/connect-flow-kit/src/commands/repository.ts';
import { reviewPages, stalePages } from '../../packages/connect-flow-kit/src/commands/review-command.ts';

const pages = reviewPages(repositoryFlows());

describe('the review pages', () => {
  it('are up to date with the flows and their scenarios', () => {
    expect(stalePages(pages)).toEqual([]);
  });

  it('are the same each time they are written', () => {
    expect(reviewPages(repositoryFlows())).toEqual(pages);
  });

  it('are stale where one differs, is missing, or belongs to no flow', () => {
    // Prepare
    const [first, ...others] = pages;

    // Act
    const stale = stalePages([
      { path: first?.path ?? '', text: 'something else' },
      { path: 'contact-flows/review/no-such-flow.md', text: '' },
    ]);

    // Assess
    expect(stale).toEqual([
      `${first?.path} is not up to date: run npm run flows -- review`,
      'contact-flows/review/no-such-flow.md is missing: run npm run flows -- review',
      ...others.map(({ path }) => `${path} belongs to no flow: delete it`),
    ]);
  });
});
