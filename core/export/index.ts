/** Export: the files that leave the house, as text: scores, ledgers, identities, lists per channel and the manifest. */

export { addressBookOf, type ListedValues } from './address-book.ts'
export { CERTAIN_FILES } from './certain-files.ts'
export { heldRowsFile, personsFile, workspaceAccountsFile, workspaceLinksFile } from './data-files.ts'
export { csvFile, type ExportFile, type HarmlessCell, type Rows } from './export-file.ts'
export { dataFiles, exportFiles } from './export-files.ts'
export type { ExportGround, ExportInput, HeldLine } from './export-input.ts'
export { isFormula } from './formula.ts'
export { DEFAULT_TEMPLATES, TEMPLATE_IDS, type TemplateId } from './hand-off/default-templates.ts'
export { KeptTexts } from './hand-off/kept-texts.ts'
export { readTemplate } from './hand-off/template.ts'
export { FIELDS } from './hand-off/template-fields.ts'
export { type TextGround, templatesOf, UnitTexts } from './hand-off/unit-texts.ts'
export { personListFile, unitListFile } from './list-files.ts'
export {
  type ManifestGround,
  type ManifestInputFile,
  type ManifestOutputFile,
  manifest,
  type NamedVersion,
} from './manifest.ts'
export { rowFingerprint } from './presets/cell-scan.ts'
export { CRM_OBJECTS, type CrmObject, type CrmRun, PRESETS, type PresetId } from './presets/crm-file.ts'
export { type CrmSnapshot, crmSnapshotOf } from './presets/crm-snapshot.ts'
export { Delivery, type DeliveryGround } from './presets/delivery.ts'
export type {
  Delivered,
  DeliveryFinding,
  DeliveryOptions,
  Ledger,
  LedgerEntry,
  ObjectCounts,
} from './presets/delivery-records.ts'
export { handOffOf } from './presets/hand-off.ts'
export { HandOffs } from './presets/hand-offs.ts'
export { type PresetOptions, WORKSPACE_AS, type WorkspaceAs } from './presets/preset-options.ts'
export { type Preset, presetOf } from './presets/presets.ts'
export {
  channelsOf,
  firstListed,
  type Ranking,
  rankingOf,
  rankUnits,
  type StoppedUnit,
  stoppedUnits,
  suppressedFile,
} from './routing-files.ts'
export { type ExportUnit, unitRow } from './score-files.ts'
export { toldOf } from './told-of.ts'
export { filesOf, unitFiles } from './unit-files.ts'
