/** Export: the files that leave the house, as text: scores, ledgers, identities, lists per channel and the manifest. */
export type { ExportFile, HarmlessCell } from './export-file.ts'
export { exportFiles } from './export-files.ts'
export type { ExportInput, HeldLine } from './export-input.ts'
export {
  type ManifestGround,
  type ManifestInputFile,
  type ManifestOutputFile,
  manifest,
  type NamedVersion,
} from './manifest.ts'
export { channelsOf, type StoppedUnit, stoppedUnits } from './routing-files.ts'
