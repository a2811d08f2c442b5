import { forgetActivation } from './activation.ts'
import { useExportTab } from './export-tab.ts'
import { forgetExports } from './exports.ts'
import { forgetHealth } from './health.ts'
import { forgetHealthRows } from './health-rows.ts'
import { forgetHeldFile } from './held-drop.ts'
import { forgetHeld } from './held-rows.ts'
import { useImportTab } from './import-tab.ts'
import { forgetImports } from './imports.ts'
import { closeRecord } from './record.ts'
import { forgetHistogram } from './score-histogram.ts'
import { forgetScores } from './score-list.ts'
import { forgetUnit } from './score-unit.ts'
import { forgetTaxonomy } from './taxonomy.ts'
import { forgetTaxonomyView } from './taxonomy-view.ts'
import { forgetWorkspaceAsOf } from './workspace-as-of.ts'

/** Drops everything that belongs to one project, before another is shown. */
export function forgetProject(): void {
  forgetImports()
  forgetHeld()
  forgetHeldFile()
  forgetScores()
  forgetHistogram()
  forgetUnit()
  forgetExports()
  forgetHealth()
  forgetHealthRows()
  forgetWorkspaceAsOf()
  forgetActivation()
  forgetTaxonomy()
  forgetTaxonomyView()
  closeRecord()
  useImportTab.setState({ tab: 'files' })
  useExportTab.setState({ tab: 'lists' })
}
