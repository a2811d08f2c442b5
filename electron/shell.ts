import { stat } from 'node:fs/promises'
import { basename, isAbsolute, join } from 'node:path'
import { type BrowserWindow, dialog, shell } from 'electron'
import { AppError } from '#lib/errors'
import { folderLabel, PROJECT_EXTENSION, parentLabel, projectName, safeFileName } from '../browser-host/data-folder.ts'
import { createShell } from '../browser-host/shell.ts'
import type { TokenTable } from '../browser-host/token-table.ts'
import type { HandedFile, ShellHandlers } from '../renderer/src/platform/shell-api.ts'
import type { RecentProjects } from './recent-projects.ts'

export type DesktopShellOptions = Readonly<{
  dataFolder: string
  sampleFolder: string
  initialProject: string | null
  tokens: TokenTable
  recent: RecentProjects
  window(): BrowserWindow
}>

const EXPORT_FILTERS = [
  { name: 'Exports', extensions: ['csv', 'tsv', 'json', 'jsonl', 'ndjson', 'gz'] },
  { name: 'All files', extensions: ['*'] },
]
const PROJECT_FILTERS = [{ name: 'PQL Workbench project', extensions: [PROJECT_EXTENSION.slice(1)] }]

/** The shell calls with the dialogs of the system: files stay where they are, and the user says where new ones go. */
export function createDesktopShell(options: DesktopShellOptions): ShellHandlers {
  const { tokens, recent, dataFolder, initialProject } = options
  const base = createShell({
    dataFolder,
    sampleFolder: options.sampleFolder,
    otherProjects: () => [...(initialProject === null ? [] : [initialProject]), ...recent.list()],
    initialProject,
    tokens,
    release: async token => tokens.revoke(token),
  })
  return {
    ...base,
    'files.choose': async () => {
      const { filePaths } = await dialog.showOpenDialog(options.window(), {
        title: 'Choose exports',
        properties: ['openFile', 'multiSelections'],
        filters: EXPORT_FILTERS,
      })
      return await Promise.all(filePaths.map(path => handOut(tokens, path)))
    },
    'project.new': async ({ name }) => {
      const { filePath } = await dialog.showSaveDialog(options.window(), {
        title: 'New project',
        defaultPath: join(dataFolder, `${safeFileName(name)}${PROJECT_EXTENSION}`),
        filters: PROJECT_FILTERS,
      })
      if (filePath === '') return null
      const path = filePath.endsWith(PROJECT_EXTENSION) ? filePath : `${filePath}${PROJECT_EXTENSION}`
      recent.add(path)
      return { token: tokens.grant({ target: path }), name: projectName(path), folder: parentLabel(path) }
    },
    'project.choose': async () => {
      const { filePaths } = await dialog.showOpenDialog(options.window(), {
        title: 'Open project',
        defaultPath: dataFolder,
        properties: ['openFile'],
        filters: PROJECT_FILTERS,
      })
      const path = filePaths[0]
      if (path === undefined) return null
      recent.add(path)
      const token = tokens.grant({ source: { path, name: basename(path) } })
      return { token, name: projectName(path), folder: parentLabel(path) }
    },
    'export.new': async () => {
      const { filePaths } = await dialog.showOpenDialog(options.window(), {
        title: 'Export to folder',
        defaultPath: dataFolder,
        buttonLabel: 'Export here',
        properties: ['openDirectory', 'createDirectory'],
      })
      const folder = filePaths[0]
      return folder === undefined ? null : { token: tokens.grant({ target: folder }), folder: folderLabel(folder) }
    },
    'folder.reveal': async ({ token }) => {
      const grant = tokens.lookUp(token)
      if (grant === null || !('target' in grant))
        throw new AppError('import/unknown-source', 'that folder was not handed out')
      await shell.openPath(grant.target)
      return {}
    },
  }
}

/** A token for a file the user has chosen or dropped. @throws AppError usage/missing-file */
export async function handOut(tokens: TokenTable, path: string): Promise<HandedFile> {
  const found = isAbsolute(path) ? await stat(path).catch(() => null) : null
  const name = basename(path)
  if (found === null || !found.isFile())
    throw new AppError('usage/missing-file', `${name || 'that'} is not a file on this machine`)
  return { token: tokens.grant({ source: { path, name } }), name, bytes: found.size }
}
