/** How a preset is written. */
export type PresetOptions = Readonly<{
  /** Where the fields of a workspace go: to an object of its own, to its company, or to its contacts. */
  workspaceAs: 'object' | 'company' | 'contact'
  /** Salesforce: what people become that it does not have. */
  leadsAs: 'lead' | 'contact'
  pipeline: string
  dealStage: string
  leadStatus: string
  /** Stages that deals of the imported snapshot have, in lower case; empty: not known. */
  dealStages: ReadonlySet<string>
}>
