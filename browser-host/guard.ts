import type { IncomingHttpHeaders } from 'node:http'

type Asked = Readonly<{ method: string; pathname: string; headers: IncomingHttpHeaders }>

/**
 * Why a request is refused before anyone looks at it, or null.
 *
 * - Host must be the loopback address listened on, so a name that was pointed here (DNS rebinding) is refused.
 * - Origin, where a browser sends it, must be our own; requests that change something must have it.
 * - Sec-Fetch-Site, where a browser sends it, must be `same-origin`, or `none` for the start page (typed or opened from
 *   outside a browser). Other sites on this machine have the same host and another port: `same-site` is refused.
 */
export function refusal({ method, pathname, headers }: Asked, port: number): string | null {
  const authority = `127.0.0.1:${port}`
  if (headers.host !== authority) return 'this host is reached by its own address only'
  const isReading = method === 'GET' || method === 'HEAD'
  if (headers.origin === undefined ? !isReading : headers.origin !== `http://${authority}`) {
    return 'the request comes from another origin'
  }
  const site = headers['sec-fetch-site']
  const isStart = method === 'GET' && pathname === '/'
  if (site !== undefined && site !== 'same-origin' && !(site === 'none' && isStart)) {
    return 'the request comes from another site'
  }
  return null
}
