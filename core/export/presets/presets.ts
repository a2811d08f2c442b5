import { attio } from './attio.ts'
import { attioPlan } from './attio-plan.ts'
import type { CrmPreset, CrmRun, PresetId } from './crm-file.ts'
import { generic } from './generic.ts'
import { genericJson } from './generic-json.ts'
import { hubspot } from './hubspot.ts'
import type { PresetOptions } from './preset-options.ts'
import { salesforce } from './salesforce.ts'
import type { StepFile } from './step-file.ts'

/** A preset with its files of rows and its files of steps. */
export type Preset = CrmPreset & Readonly<{ steps: readonly StepFile[] }>

/**
 * The files of a CRM.
 *
 * @param preset which
 * @param run what all rows have in common
 * @param options how workspaces, people and deals are written
 *
 * Source: docs/methods/export.md, "Presets".
 */
export function presetOf(preset: PresetId, run: CrmRun, options: PresetOptions): Preset {
  switch (preset) {
    case 'hubspot':
      return { ...hubspot(run, options), steps: [] }
    case 'salesforce':
      return { ...salesforce(run, options), steps: [] }
    case 'attio':
      return { ...attio(run, options), steps: [attioPlan(run, options)] }
    case 'generic':
      return { ...generic(run), steps: [genericJson(run)] }
  }
}
