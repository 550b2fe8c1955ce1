/** What `npm run fuzz` multiplies, and `npm test` leaves as it is. */
const IN_NPM_TEST = 2_000;

const asked = Number(process.env.FUZZ_RUNS ?? IN_NPM_TEST);
if (!Number.isInteger(asked) || asked < 1) {
  throw new Error(`FUZZ_RUNS is ${process.env.FUZZ_RUNS}: expected a whole number from 1`);
}

/** Where random inputs begin: always alike in `npm test`, anew with each `npm run fuzz`, which prints and takes it. */
export const FUZZ_SEED = Number(process.env.FUZZ_SEED ?? 20_261_122);

/**
 * How many random inputs a test tries.
 *
 * @param inNpmTest that many in `npm test`. With FUZZ_RUNS, which `npm run fuzz` sets, a test of 2,000 tries FUZZ_RUNS, and
 *   every other in proportion: what an input costs is weighed here once.
 */
export const fuzzRuns = (inNpmTest: number): number => Math.max(1, Math.round((inNpmTest * asked) / IN_NPM_TEST));
