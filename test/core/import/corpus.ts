import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const root = process.env['PQL_CORPUS'] ?? resolve(import.meta.dirname, '../../../../shared/data')
const bundles = resolve(import.meta.dirname, '../../../fixtures')

/** Is the folder of the corpus there, or a choice from it among the fixtures? Tests that read it are skipped where neither is. */
export function hasCorpus(folder: string): boolean {
  return existsSync(resolve(root, folder)) || bundleOf(folder) !== null
}

export function corpusFiles(folder: string): readonly string[] {
  if (existsSync(resolve(root, folder))) return readdirSync(resolve(root, folder)).toSorted()
  return Object.keys(bundleOf(folder) ?? {}).toSorted()
}

export function corpusBytes(file: string): Uint8Array {
  const path = resolve(root, file)
  if (existsSync(path)) return new Uint8Array(readFileSync(path))
  return bundled(file)
}

/** Files that a clone has whatever else there is. */
export function bundledFiles(folder: string): readonly string[] {
  return Object.keys(bundleOf(folder) ?? {}).toSorted()
}

/** One of them. */
export function bundled(file: string): Uint8Array {
  const at = file.lastIndexOf('/')
  const text = bundleOf(file.slice(0, at))?.[file.slice(at + 1)]
  if (text === undefined) throw new Error(`no ${file} in fixtures/torture`)
  return new Uint8Array(Buffer.from(text, 'base64'))
}

/** `torture/JSONTestSuite/test_parsing` is bundled as `fixtures/torture/JSONTestSuite.json`; its folders share one list. */
function bundleOf(folder: string): Readonly<Record<string, string>> | null {
  const [top = '', suite = ''] = folder.split('/')
  const path = resolve(bundles, top, `${suite}.json`)
  if (suite === '' || !existsSync(path)) return null
  const { files } = JSON.parse(readFileSync(path, 'utf8')) as { files?: Record<string, string> }
  return files ?? null
}
