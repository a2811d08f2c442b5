/** A session of a browser host as a page has it: its cookie, and the headers a browser sends. */
export type PageSession = Readonly<{ origin: string; cookie: string; fetch: typeof fetch }>

/** Exchanges the one-time link of a host for a session. */
export async function openSession(url: string): Promise<PageSession> {
  const { origin } = new URL(url)
  const response = await fetch(url, { redirect: 'manual' })
  const cookie = response.headers.get('set-cookie')?.split(';')[0]
  if (response.status !== 303 || cookie === undefined) throw new Error(`no session: HTTP ${response.status}`)
  const pageFetch: typeof fetch = (input, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('cookie', cookie)
    headers.set('sec-fetch-site', 'same-origin')
    if (init.method !== undefined && init.method !== 'GET') headers.set('origin', origin)
    return fetch(input, { ...init, headers })
  }
  return { origin, cookie, fetch: pageFetch }
}
