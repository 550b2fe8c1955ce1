import { openProject, projectFlows, reviewPages, stalePages } from 'connect-flow-kit/project';
import { describe, expect, it } from 'vitest';
import { PROJECT } from '../run-command.ts';

const project = await openProject(PROJECT);
const pages = reviewPages(projectFlows(project), project);

describe('the review pages', () => {
  it('are up to date with the flows and their scenarios', () => {
    expect(stalePages(pages, project)).toEqual([]);
  });

  it('are the same each time they are written', () => {
    expect(reviewPages(projectFlows(project), project)).toEqual(pages);
  });

  it('are stale where one differs, is missing, or belongs to no flow', () => {
    // Prepare
    const [first, ...others] = pages;

    // Act
    const wanted = [
      { path: first?.path ?? '', text: 'something else' },
      { path: 'contact-flows/review/no-such-flow.md', text: '' },
    ];
    const stale = stalePages(wanted, project);

    // Assess
    expect(stale).toEqual([
      `${first?.path} is not up to date: run npm run flows -- review`,
      'contact-flows/review/no-such-flow.md is missing: run npm run flows -- review',
      ...others.map(({ path }) => `${path} belongs to no flow: delete it`),
    ]);
  });
});
