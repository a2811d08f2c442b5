/** Export: the files that leave the house, as text: scores, ledgers, identities, lists per channel and the manifest. */
export { CERTAIN_FILES } from './certain-files.ts'
export { heldRowsFile } from './data-files.ts'
export { csvFile, type ExportFile, type HarmlessCell, type Rows } from './export-file.ts'
export { dataFiles, exportFiles } from './export-files.ts'
export type { ExportGround, ExportInput, HeldLine } from './export-input.ts'
export { isFormula } from './formula.ts'
export {
  type ManifestGround,
  type ManifestInputFile,
  type ManifestOutputFile,
  manifest,
  type NamedVersion,
} from './manifest.ts'
export {
  channelsOf,
  type Ranking,
  rankingOf,
  rankUnits,
  type StoppedUnit,
  stoppedUnits,
  suppressedFile,
} from './routing-files.ts'
export type { ExportUnit } from './score-files.ts'
export { filesOf, unitFiles } from './unit-files.ts'
