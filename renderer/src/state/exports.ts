import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import type { ExportPlace, ShellApi } from '../platform/shell-api.ts'
import { runJob } from './jobs.ts'

export type Preview = Output<'export.preview'>
export type Written = Output<'export.run'>

type Exports = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'writing' | 'failed'
  preview: Preview | null
  /** The run that the preview was made of. */
  previewRunId: number | null
  channel: string | null
  /** The last export of this session. */
  written: Written | null
  writtenRunId: number | null
  place: ExportPlace | null
}>

const EMPTY: Exports = {
  status: 'idle',
  preview: null,
  previewRunId: null,
  channel: null,
  written: null,
  writtenRunId: null,
  place: null,
}

export const useExports = create<Exports>()(() => EMPTY)

export async function loadPreview(client: Pick<Client, 'export.preview'>, runId: number): Promise<void> {
  if (useExports.getState().previewRunId !== runId) useExports.setState({ status: 'loading' })
  try {
    const preview = await client['export.preview']({})
    useExports.setState(({ channel }) => ({
      status: 'ready',
      preview,
      previewRunId: runId,
      channel: preview.channels.some(known => known.channel === channel)
        ? channel
        : (preview.channels.find(known => known.rows > 0)?.channel ?? null),
    }))
  } catch (error) {
    useExports.setState({ status: 'failed' })
    throw error
  }
}

export function chooseChannel(channel: string): void {
  useExports.setState({ channel })
}

/** Asks the host for an empty folder and writes into it. False: no folder was chosen. */
export async function writeExport(
  client: Pick<Client, 'export.run'>,
  shell: Pick<ShellApi, 'newExport'>,
  what: Readonly<{ project: string; runId: number }>,
): Promise<boolean> {
  const place = await shell.newExport(what.project)
  if (place === null) return false
  useExports.setState({ status: 'writing' })
  try {
    const written = await runJob('Write files', options => client['export.run']({ target: place.token }, options))
    useExports.setState({ written, place, writtenRunId: what.runId })
    return true
  } finally {
    useExports.setState({ status: 'ready' })
  }
}

export function forgetExports(): void {
  useExports.setState(EMPTY)
}
