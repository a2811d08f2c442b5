import { AppError } from '#lib/errors'
import { type ShellCallName, type ShellHandlers, shellCalls } from '../renderer/src/platform/shell-api.ts'
import {
  type FoundFile,
  findFile,
  folderLabel,
  freeProjectPath,
  listProjects,
  listSamples,
  makeExportFolder,
  parentLabel,
  projectName,
} from './data-folder.ts'
import type { TokenTable } from './token-table.ts'

export type ShellPlaces = Readonly<{
  dataFolder: string
  sampleFolder: string
  /** Project files outside the data folder that may be listed: the one started with, recent ones. */
  otherProjects(): readonly string[]
  /** The project the program was started with, or null. */
  initialProject: string | null
  tokens: TokenTable
  /** Lets go of what a token stood for, if it was a copy. */
  release(token: string): Promise<void>
}>

/** The shell calls as far as no window system is needed; what is needed of one is refused. */
export function createShell(places: ShellPlaces): ShellHandlers {
  const { tokens, dataFolder } = places
  const grantProject = (path: string) => ({
    token: tokens.grant({ source: { path, name: `${projectName(path)}.pql` } }),
    name: projectName(path),
    folder: parentLabel(path),
  })
  return {
    'sample.files': async () => {
      const files = await listSamples(places.sampleFolder)
      if (files.length === 0)
        throw new AppError('usage/missing-file', 'the sample files are missing from this installation')
      return files.map(({ path, name, bytes }) => ({ token: tokens.grant({ source: { path, name } }), name, bytes }))
    },
    'files.release': async ({ tokens: given }) => {
      await Promise.all(given.map(places.release))
      return {}
    },
    'files.choose': () => needsWindow('files.choose'),
    'project.initial': async () => (places.initialProject === null ? null : grantProject(places.initialProject)),
    'project.list': async () => {
      const others = await Promise.all(places.otherProjects().map(findFile))
      const all = distinct([...(await listProjects(dataFolder)), ...others.filter(file => file !== null)])
      return all.map(({ path, bytes, changedAt }) => ({ ...grantProject(path), bytes, changedAt }))
    },
    'project.new': async ({ name }) => {
      const path = await freeProjectPath(dataFolder, name)
      return { token: tokens.grant({ target: path }), name: projectName(path), folder: parentLabel(path) }
    },
    'project.choose': () => needsWindow('project.choose'),
    'export.new': async ({ project }) => {
      const folder = await makeExportFolder(dataFolder, project)
      return { token: tokens.grant({ target: folder }), folder: folderLabel(folder) }
    },
    'folder.reveal': () => needsWindow('folder.reveal'),
  }
}

/** Runs one shell call by name. @throws AppError contract/unknown-method, contract/bad-input */
export async function answerShellCall(handlers: ShellHandlers, name: string, input: unknown): Promise<unknown> {
  if (!Object.hasOwn(shellCalls, name)) {
    throw new AppError('contract/unknown-method', `there is no shell call "${name.slice(0, 100)}"`)
  }
  const known = name as ShellCallName
  const parsed = shellCalls[known].input.safeParse(input)
  if (!parsed.success) throw new AppError('contract/bad-input', `bad input for ${known}`, { method: known })
  const handler = handlers[known] as (input: unknown) => Promise<unknown> // parsed by the entry of the same name
  return await handler(parsed.data)
}

function needsWindow(name: string): never {
  throw new AppError('contract/unknown-method', `${name} needs the desktop window`, { method: name })
}

function distinct(files: readonly FoundFile[]): readonly FoundFile[] {
  const byPath = new Map(files.map(file => [file.path, file]))
  return [...byPath.values()].sort((a, b) => b.changedAt - a.changedAt || (a.path < b.path ? -1 : 1))
}
