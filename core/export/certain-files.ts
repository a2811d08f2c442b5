import { MAIN_CHANNELS } from './routing-files.ts'

/**
 * Names of the files that every export writes, whatever the run; lists of other channels come where they have units.
 *
 * Source: docs/methods/export.md.
 */
export const CERTAIN_FILES: readonly string[] = [
  'scores.csv',
  'score_lines.csv',
  'units.csv',
  'rollups.csv',
  'anomalies.csv',
  'set_aside.csv',
  'persons.csv',
  'identities.csv',
  'workspace_accounts.csv',
  'workspace_links.csv',
  ...MAIN_CHANNELS.map(channel => `routing/${channel}.csv`),
  'suppressed.csv',
  'held_rows.csv',
]
