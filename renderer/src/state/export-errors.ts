import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import type { HandedFile, ShellApi } from '../platform/shell-api.ts'
import { loadPresets, type PresetId, useCrmExport } from './export-crm.ts'
import { useExportTab } from './export-tab.ts'
import { runJob } from './jobs.ts'

type Returned = Output<'export.errors'>

type ErrorFile = Readonly<{
  isReading: boolean
  /** What the last file said. */
  last: Readonly<{ file: string; preset: PresetId; answer: Returned }> | null
}>

const EMPTY: ErrorFile = { isReading: false, last: null }

export const useErrorFile = create<ErrorFile>()(() => EMPTY)

type Host = Readonly<{
  client: Pick<Client, 'export.errors' | 'export.presets' | 'export.deliveries'>
  shell: Pick<ShellApi, 'releaseFiles' | 'chooseFiles'>
}>

/** Files that are dropped now are what a CRM sent back: the part of the screen that is shown is about that. */
export function takesErrorFiles(): boolean {
  const { tab } = useExportTab.getState()
  return (tab === 'crm' || tab === 'deliveries') && (useCrmExport.getState().deliveries?.length ?? 0) > 0
}

/** Whose file it is taken for: the chosen CRM, else the first that anything was handed over to. */
export function sentBackBy({
  preset,
  presets,
}: Pick<ReturnType<typeof useCrmExport.getState>, 'preset' | 'presets'>): PresetId {
  const delivered = presets.filter(({ lastExport }) => lastExport !== null)
  return (delivered.find(known => known.preset === preset) ?? delivered[0])?.preset ?? preset
}

/** Marks the rows of files that the chosen CRM sent back: they come with the next export again. */
export async function takeErrorFiles({ client, shell }: Host, files: readonly HandedFile[]): Promise<void> {
  const preset = sentBackBy(useCrmExport.getState())
  useExportTab.setState({ tab: 'deliveries' })
  useErrorFile.setState({ isReading: true })
  try {
    for (const { token, name } of files) {
      const answer = await runJob('Read an error file', call =>
        client['export.errors']({ source: token, preset }, call),
      )
      useErrorFile.setState({ last: { file: name, preset, answer } })
    }
  } finally {
    useErrorFile.setState({ isReading: false })
    // what was tried does not know of them
    useCrmExport.setState({ tried: null })
    await shell.releaseFiles(files.map(({ token }) => token))
    await loadPresets(client)
  }
}

export async function chooseErrorFiles(host: Host): Promise<void> {
  const files = await host.shell.chooseFiles()
  if (files.length > 0) await takeErrorFiles(host, files)
}

export function forgetErrorFile(): void {
  useErrorFile.setState(EMPTY)
}
