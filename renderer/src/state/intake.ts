import type { Client } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { HandedFile, ShellApi, UploadProgress } from '../platform/shell-api.ts'
import { takeErrorFiles, takesErrorFiles } from './export-errors.ts'
import { takeHeldFiles } from './held-file.ts'
import { useImportTab } from './import-tab.ts'
import { inspectFiles, useImports } from './imports.ts'
import { runJob } from './jobs.ts'
import { go, useNavigation } from './navigation.ts'
import { createProject, useProject } from './project.ts'

type Host = Readonly<{ client: Client; shell: ShellApi }>

/** Files dropped on the window: handed to the host, read, and shown as a plan; a project is made where none is open. */
export async function takeDropped(host: Host, dropped: Promise<readonly File[]>): Promise<void> {
  refuseWhileBusy()
  const files = await dropped
  if (files.length === 0) return
  const title = files.length === 1 ? `Copy ${files[0]?.name ?? ''}` : `Copy ${files.length} files`
  const handed = await handOver(title, onProgress => host.shell.takeFiles(files, onProgress))
  await (useNavigation.getState().screen === 'export' && takesErrorFiles()
    ? takeErrorFiles(host, handed)
    : plan(host, handed))
}

/** The same through the host's dialog. */
export async function chooseAndTake(host: Host): Promise<void> {
  refuseWhileBusy()
  await plan(host, await host.shell.chooseFiles())
}

async function plan({ client, shell }: Host, files: readonly HandedFile[]): Promise<void> {
  if (files.length === 0) return
  if (useProject.getState().status !== 'open') {
    const place = await shell.newProject('New project')
    if (place === null) return await shell.releaseFiles(files.map(file => file.token))
    await createProject(client, place.token)
  }
  go('import')
  const exports = await takeHeldFiles(client, files)
  if (exports.length < files.length) useImportTab.setState({ tab: 'held' })
  await inspectFiles(client, exports)
}

function handOver<T>(title: string, work: (onProgress: (progress: UploadProgress) => void) => Promise<T>): Promise<T> {
  return runJob(
    title,
    ({ onProgress }) =>
      work(({ name, done, total }) => onProgress?.({ phase: 'copying', subject: name, done, total, unit: 'bytes' })),
    { canCancel: false },
  )
}

function refuseWhileBusy(): void {
  const { phase } = useImports.getState()
  if (phase === 'importing' || phase === 'inspecting')
    throw new AppError('run/busy', 'files are being read already; add more once that has ended')
  if (phase === 'staged')
    throw new AppError('run/busy', 'an import waits to be published; publish or discard it, then add more')
}
