import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const root = process.env['PQL_CORPUS'] ?? resolve(import.meta.dirname, '../../../../shared/data')

/** Is the folder of the corpus there? Tests that read it are skipped where it is not. */
export function hasCorpus(folder: string): boolean {
  return existsSync(resolve(root, folder))
}

export function corpusFiles(folder: string): readonly string[] {
  return hasCorpus(folder) ? readdirSync(resolve(root, folder)).toSorted() : []
}

export function corpusBytes(file: string): Uint8Array {
  return new Uint8Array(readFileSync(resolve(root, file)))
}
