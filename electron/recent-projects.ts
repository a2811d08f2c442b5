import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute } from 'node:path'

export type RecentProjects = Readonly<{
  /** Paths, last used first. */
  list(): readonly string[]
  add(path: string): void
}>

const MOST = 20

/** The projects that were opened or made, kept in a small file of the user; a file that cannot be read is begun anew. */
export function openRecentProjects(file: string): RecentProjects {
  let paths = read(file)
  return {
    list: () => paths,
    add: path => {
      paths = [path, ...paths.filter(other => other !== path)].slice(0, MOST)
      try {
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(`${file}.part`, JSON.stringify(paths))
        renameSync(`${file}.part`, file)
      } catch {
        // the list is a convenience: a profile that cannot be written to keeps it for this run only
      }
    },
  }
}

function read(file: string): readonly string[] {
  try {
    const list: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return Array.isArray(list) ? list.filter(path => typeof path === 'string' && isAbsolute(path)).slice(0, MOST) : []
  } catch {
    return []
  }
}
