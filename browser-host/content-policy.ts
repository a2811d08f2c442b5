import { randomBytes } from 'node:crypto'

/**
 * What a page of the program may do: load its own files, and nothing from anywhere else. Style attributes are loosened
 * because React and Mantine position with them; style elements only with the nonce of the page, where it has one.
 */
export function contentPolicy(nonce: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    nonce === null ? "style-src 'self'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Headers of every response, of data and pages alike. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), usb=(), serial=(), hid=()',
  'cache-control': 'no-store',
}

/** For data of the user: nothing in it may run, should it ever be opened as a page. */
export const DATA_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"

export type Page = Readonly<{ html: string; policy: string }>

/** The page with a nonce of its own, readable by the renderer as `<meta name="style-nonce">`. */
export function pageWithNonce(html: string): Page {
  const nonce = randomBytes(16).toString('base64')
  const meta = `<meta name="style-nonce" content="${nonce}" />`
  return { html: html.replace('<head>', `<head>${meta}`), policy: contentPolicy(nonce) }
}
