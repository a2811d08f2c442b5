import { forgetActivation } from './activation.ts'
import { forgetCrmExport } from './export-crm.ts'
import { forgetErrorFile } from './export-errors.ts'
import { useExportTab } from './export-tab.ts'
import { forgetTexts } from './export-texts.ts'
import { forgetExports } from './exports.ts'
import { forgetHealth } from './health.ts'
import { forgetHealthRows } from './health-rows.ts'
import { forgetHeldFile } from './held-drop.ts'
import { forgetHeld } from './held-rows.ts'
import { forgetIdentityRoom } from './identity-room.ts'
import { useImportTab } from './import-tab.ts'
import { forgetImports } from './imports.ts'
import { closeRecord } from './record.ts'
import { forgetRoutingRoom } from './routing-room.ts'
import { forgetHistogram } from './score-histogram.ts'
import { forgetScores } from './score-list.ts'
import { forgetPeople } from './score-people.ts'
import { forgetUnit } from './score-unit.ts'
import { forgetViews } from './score-views.ts'
import { forgetSimulator } from './simulator.ts'
import { forgetComparison } from './simulator-compare.ts'
import { forgetFragility } from './simulator-fragility.ts'
import { forgetIdentityPart } from './simulator-identity.ts'
import { forgetLibrary } from './simulator-library.ts'
import { forgetMovers } from './simulator-lists.ts'
import { forgetReview } from './simulator-review.ts'
import { forgetSolve } from './simulator-solve.ts'
import { forgetTornado } from './simulator-tornado.ts'
import { forgetSimulatorView } from './simulator-view.ts'
import { forgetTaxonomy } from './taxonomy.ts'
import { forgetTaxonomyView } from './taxonomy-view.ts'
import { forgetWorkspaceAsOf } from './workspace-as-of.ts'

/** Drops everything that belongs to one project, before another is shown. */
export function forgetProject(): void {
  forgetImports()
  forgetHeld()
  forgetHeldFile()
  forgetScores()
  forgetPeople()
  forgetViews()
  forgetHistogram()
  forgetUnit()
  forgetExports()
  forgetCrmExport()
  forgetErrorFile()
  forgetTexts()
  forgetHealth()
  forgetHealthRows()
  forgetWorkspaceAsOf()
  forgetActivation()
  forgetTaxonomy()
  forgetTaxonomyView()
  forgetSimulator()
  forgetMovers()
  forgetIdentityPart()
  forgetSolve()
  forgetReview()
  forgetLibrary()
  forgetComparison()
  forgetTornado()
  forgetFragility()
  forgetSimulatorView()
  forgetIdentityRoom()
  forgetRoutingRoom()
  closeRecord()
  useImportTab.setState({ tab: 'files' })
  useExportTab.setState({ tab: 'lists' })
}
