import { mkdir, readdir, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { TABLE_NAMES } from '#schema/tables'

export type FoundFile = Readonly<{ path: string; name: string; bytes: number; changedAt: number }>

export const PROJECT_EXTENSION = '.pql'
const EXPORT_FILE = /\.(csv|tsv|json|jsonl|ndjson)(\.gz)?$/i

export function defaultDataFolder(): string {
  return join(homedir(), 'PQL Workbench')
}

/** The project files of a folder, last changed first. */
export async function listProjects(folder: string): Promise<readonly FoundFile[]> {
  const found = await listFiles(folder, name => extname(name) === PROJECT_EXTENSION && !name.startsWith('.'))
  return [...found].sort((a, b) => b.changedAt - a.changedAt || (a.name < b.name ? -1 : 1))
}

/** The exports that are shipped with the program, by name: files called as a table is; what else lies there is about them. */
export function listSamples(folder: string): Promise<readonly FoundFile[]> {
  const tables: readonly string[] = TABLE_NAMES
  return listFiles(folder, name => EXPORT_FILE.test(name) && tables.includes(name.replace(EXPORT_FILE, '')))
}

/** A place for a project of that name: `name.pql`, or `name 2.pql` where that is taken. Nothing is made there yet. */
export async function freeProjectPath(folder: string, name: string): Promise<string> {
  const taken = new Set((await readdir(folder).catch(() => [])).map(entry => entry.toLowerCase()))
  const plain = safeFileName(name)
  for (let number = 1; ; number++) {
    const file = `${plain}${number === 1 ? '' : ` ${number}`}${PROJECT_EXTENSION}`
    if (!taken.has(file.toLowerCase())) return join(folder, file)
  }
}

/** Makes the next folder `exports/<project>-<n>`. */
export async function makeExportFolder(dataFolder: string, project: string): Promise<string> {
  const parent = join(dataFolder, 'exports')
  await mkdir(parent, { recursive: true })
  const plain = safeFileName(project.replace(/\.pql$/i, ''))
  for (let number = 1; ; number++) {
    const folder = join(parent, `${plain}-${number}`)
    try {
      await mkdir(folder)
      return folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** One file as the list of projects shows it, or null where it is not there. */
export async function findFile(path: string): Promise<FoundFile | null> {
  try {
    const { size, mtimeMs } = await stat(path)
    return { path, name: basename(path), bytes: size, changedAt: mtimeMs }
  } catch {
    return null
  }
}

/** A name that is a file name on every system: no separators, no reserved words, no dot or blank at its ends. */
export function safeFileName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  const plain = name.normalize('NFC').replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '')
  const parts = plain.replace(/[\\/:*?"<>|]+/g, ' ').replace(/\s+/g, ' ')
  const short = [...parts]
    .slice(0, 80)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '')
  return RESERVED.test(short) || short === '' ? `Project ${short}`.trim() : short
}

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

/** A folder as people are shown it: the home folder as `~`. */
export function folderLabel(path: string): string {
  const home = homedir()
  return path === home || path.startsWith(join(home, '/')) ? `~${path.slice(home.length)}` : path
}

export function projectName(path: string): string {
  return basename(path, PROJECT_EXTENSION)
}

export function parentLabel(path: string): string {
  return folderLabel(dirname(path))
}

async function listFiles(folder: string, isWanted: (name: string) => boolean): Promise<readonly FoundFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = entries.filter(entry => entry.isFile() && isWanted(entry.name)).map(entry => entry.name)
  const found = await Promise.all(names.sort().map(name => findFile(join(folder, name))))
  return found.filter(file => file !== null)
}
