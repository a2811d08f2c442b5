import { mkdir } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { defaultDataFolder } from './data-folder.ts'
import { DATA_HEADERS, Refusal, sendFailure } from './failure.ts'
import { refusal } from './guard.ts'
import type { HostOptions } from './host-options.ts'
import { createHostParts, type HostParts } from './host-parts.ts'
import { openInBrowser } from './open-browser.ts'
import { answerRequest } from './routes.ts'
import { createSessions, type Sessions } from './session.ts'
import { openSpool } from './spool.ts'

export type Host = Readonly<{
  /** Opens a session, once. */
  url: string
  /** Another address of that kind; the one before no longer works, and a session it opens ends the one before. */
  newUrl(): string
  close(): Promise<void>
}>

const MAX_UPLOAD = 16 * 1024 ** 3

/**
 * Starts the browser host: the page, the contract, the shell calls and uploads, for one user of this machine.
 *
 * @throws Error where the port is taken or the data folder cannot be made
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const dataFolder = resolve(options.dataFolder ?? defaultDataFolder())
  await mkdir(dataFolder, { recursive: true })
  const maxUpload = options.maxUpload ?? MAX_UPLOAD
  const parts = createHostParts(options, { dataFolder, maxUpload, spool: await openSpool(dataFolder, maxUpload) })
  const server = createServer()
  // An upload may take as long as the disk needs; nobody but this machine can hold a connection.
  server.requestTimeout = 0
  const port = await listen(server, options.port ?? 0)
  const sessions = createSessions(port, parts.startSession)
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer({ parts, sessions, port }, request, response).catch((error: unknown) => {
      if (sendFailure(response, error)) parts.report(error)
    })
  })
  const newUrl = (): string => `http://127.0.0.1:${port}/?token=${sessions.newLinkToken()}`
  const url = newUrl()
  if (options.open === true) openInBrowser(url)

  return {
    url,
    newUrl,
    close: async () => {
      parts.context.streams.closeAll()
      const closed = new Promise<void>(done => server.close(() => done()))
      server.closeAllConnections()
      await closed
      await parts.close()
    },
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', () => done((server.address() as AddressInfo).port))
  })
}

type Running = Readonly<{ parts: HostParts; sessions: Sessions; port: number }>

async function answer(
  { parts, sessions, port }: Running,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = requestUrl(request, port)
  const method = request.method ?? ''
  const reason = refusal({ method, pathname: url.pathname, headers: request.headers }, port)
  if (reason !== null) throw new Refusal(403, reason)
  const token = url.pathname === '/' && method === 'GET' ? url.searchParams.get('token') : null
  const cookie = token === null ? null : sessions.exchange(token)
  if (cookie !== null) {
    response.writeHead(303, { ...DATA_HEADERS, location: '/', 'set-cookie': cookie }).end()
    return
  }
  if (!sessions.holds(request.headers.cookie)) {
    throw new Refusal(403, 'this link has been used, or another one took its place: use a new one from the terminal')
  }
  // A used link in the history of the browser that holds the session leads to the page, without the token in its address.
  if (token !== null) response.writeHead(303, { ...DATA_HEADERS, location: '/' }).end()
  else await answerRequest(parts.context, request, response, url)
}

function requestUrl(request: IncomingMessage, port: number): URL {
  const target = request.url ?? '/'
  // Only paths: an absolute address or `*` is for proxies.
  if (!target.startsWith('/') || target.startsWith('//'))
    throw new Refusal(400, 'the address is not a path of this host')
  try {
    return new URL(target, `http://127.0.0.1:${port}`)
  } catch {
    throw new Refusal(400, 'the address cannot be read')
  }
}
