import { patchedCopy } from '../packages/sandbox/bench/patched-copy.ts';

/** A copy of the project that may be changed without another test seeing it. The caller removes it. */
export const projectCopy = (): string => patchedCopy([]);
