import { useExportTab } from './export-tab.ts'
import { forgetExports } from './exports.ts'
import { forgetHeld } from './held-rows.ts'
import { useImportTab } from './import-tab.ts'
import { forgetImports } from './imports.ts'
import { closeRecord } from './record.ts'
import { forgetHistogram } from './score-histogram.ts'
import { forgetScores } from './score-list.ts'
import { forgetUnit } from './score-unit.ts'

/** Drops everything that belongs to one project, before another is shown. */
export function forgetProject(): void {
  forgetImports()
  forgetHeld()
  forgetScores()
  forgetHistogram()
  forgetUnit()
  forgetExports()
  closeRecord()
  useImportTab.setState({ tab: 'files' })
  useExportTab.setState({ tab: 'lists' })
}
