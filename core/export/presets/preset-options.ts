import type { PresetId } from './crm-file.ts'

/** Where the fields of a workspace go: to an object of its own, to its company, or to its contacts. */
export type WorkspaceAs = 'object' | 'company' | 'contact'

/**
 * Where the fields of a workspace go unless somebody chooses: HubSpot has an object for it in its largest plan alone, Attio has one. Null:
 * there is nothing to choose.
 *
 * Source: docs/methods/export.md, "HubSpot", "Attio".
 */
export const WORKSPACE_AS: Readonly<Record<PresetId, WorkspaceAs | null>> = {
  hubspot: 'company',
  salesforce: null,
  attio: 'object',
  generic: null,
}

/** How a preset is written. */
export type PresetOptions = Readonly<{
  workspaceAs: WorkspaceAs
  /** Salesforce: what people become that it does not have. */
  leadsAs: 'lead' | 'contact'
  pipeline: string
  dealStage: string
  leadStatus: string
  /** Stages that deals of the imported snapshot have, in lower case; empty: not known. */
  dealStages: ReadonlySet<string>
}>
