import { readFile, realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { contentPolicy, pageWithNonce, SECURITY_HEADERS } from './content-policy.ts'

export type StaticFile = Readonly<{ body: Buffer | string; headers: Readonly<Record<string, string>> }>

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/**
 * A file of the built renderer with the headers it is to be sent with.
 *
 * @param root     folder of the built renderer
 * @param pathname path of the URL, percent-encoded as it came; `/` is index.html
 * @returns the file, or null where there is none below `root`, by any trick
 */
export async function readStatic(root: string, pathname: string): Promise<StaticFile | null> {
  const relative = safePath(pathname === '/' ? '/index.html' : pathname)
  const type = relative === null ? undefined : TYPES[extname(relative)]
  if (relative === null || type === undefined) return null
  const path = await fileBelow(root, relative)
  if (path === null) return null
  const headers = { ...SECURITY_HEADERS, 'content-type': type }
  if (extname(path) !== '.html') {
    return { body: await readFile(path), headers: { ...headers, 'content-security-policy': contentPolicy(null) } }
  }
  const { html, policy } = pageWithNonce(await readFile(path, 'utf8'))
  return { body: html, headers: { ...headers, 'content-security-policy': policy } }
}

/** The path inside a folder that a URL path names, or null where it could name anything else. */
export function safePath(pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  const steps = decoded.replace(/^\//, '').split('/')
  const isSafe = steps.every(step => step !== '' && !step.startsWith('.') && !FORBIDDEN.test(step))
  return isSafe ? join(...steps) : null
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const FORBIDDEN = /[\\:\u0000-\u001f\u007f]/

/** The real path of a regular file below a folder, links followed, or null. */
export async function fileBelow(folder: string, relative: string): Promise<string | null> {
  try {
    const [base, path] = await Promise.all([realpath(folder), realpath(join(folder, relative))])
    return path.startsWith(base + sep) && (await stat(path)).isFile() ? path : null
  } catch {
    return null
  }
}
