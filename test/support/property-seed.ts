import fc from 'fast-check'

/**
 * Properties try the same values in every run, so that a test fails by what was changed and never by chance. `PQL_SEED=random`
 * tries others, `PQL_SEED=<number>` those of a run that failed.
 */
const SEED = 20_261_121

const asked = process.env['PQL_SEED'] ?? String(SEED)
if (asked !== 'random') fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(asked) })
