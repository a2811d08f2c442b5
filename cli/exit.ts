import type { ErrorCode } from '#lib/errors'

/** Exit code of the command line for each expected failure; docs/errors.md lists the same. */
export const EXIT_CODES: Readonly<Record<ErrorCode, number>> = {
  'usage/bad-argument': 2,
  'usage/missing-file': 2,
  'usage/bad-model': 2,
  'usage/bad-policy': 2,
  'usage/bad-mapping': 2,
  'usage/overtaken': 2,
  'import/no-table': 4,
  'import/ambiguous': 4,
  'import/mostly-held': 4,
  'import/no-events': 4,
  'import/not-readable': 4,
  'import/unknown-source': 2,
  'import/file-changed': 4,
  'import/no-batch': 2,
  'import/not-undoable': 2,
  'score/no-run': 2,
  'score/unknown-unit': 2,
  'export/exists': 2,
  'store/not-a-project': 4,
  'store/too-new': 4,
  'store/locked': 5,
  'store/disk': 6,
  'store/corrupt': 7,
  'store/read-only': 6,
  'project/not-open': 2,
  'contract/bad-input': 1,
  'contract/unknown-method': 1,
  'contract/too-large': 1,
  'run/cancelled': 130,
  'run/busy': 5,
  'transport/closed': 1,
  internal: 1,
}

/** Exit code where the run itself succeeded but rows were held and `--fail-on held` was given. */
export const EXIT_HELD = 3

/** Exit code where answers were read and not all of them could be kept, or could be in a dry run. */
export const EXIT_NOT_KEPT = 3

/** Exit code of an export of scores that are not current, where `--fail-on stale` was given; nothing is written. */
export const EXIT_STALE = 3
