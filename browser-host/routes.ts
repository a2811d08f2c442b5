import { createReadStream } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Relay } from '#contract/channel-relay'
import type { ShellHandlers } from '../renderer/src/platform/shell-api.ts'
import { DATA_HEADERS, Refusal, sendJson } from './failure.ts'
import { readJson, refuseAbove } from './request-body.ts'
import { answerShellCall } from './shell.ts'
import type { Spool } from './spool.ts'
import { fileBelow, readStatic, safePath } from './static-files.ts'
import type { StreamChannels } from './stream-channels.ts'
import type { TokenTable } from './token-table.ts'

export type RouteContext = Readonly<{
  rendererRoot: string
  relay: Relay
  streams: StreamChannels
  shell: ShellHandlers
  spool: Spool
  tokens: TokenTable
  maxUpload: number
}>

type Exchange = Readonly<{ request: IncomingMessage; response: ServerResponse; url: URL; rest: string }>
type Route = Readonly<{
  method: 'GET' | 'POST' | 'PUT'
  /** A path, or with `/` at its end whatever begins with it. */
  path: string
  answer(context: RouteContext, exchange: Exchange): Promise<void> | void
}>

const MAX_CALL_BYTES = 8_000_000
const MAX_SHELL_BYTES = 256_000

const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/events', answer: openEvents },
  { method: 'POST', path: '/call', answer: receiveCall },
  { method: 'GET', path: '/columns/', answer: sendColumns },
  { method: 'POST', path: '/shell/', answer: answerShell },
  { method: 'PUT', path: '/upload', answer: takeUpload },
  { method: 'GET', path: '/file/', answer: sendExportedFile },
]

/** Answers a request that the guard and the session have let through. @throws Refusal, AppError */
export async function answerRequest(
  context: RouteContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const route = ROUTES.find(
    ({ path }) => url.pathname === path || (path.endsWith('/') && url.pathname.startsWith(path)),
  )
  const method = route?.method ?? 'GET'
  if (request.method !== method) {
    response.setHeader('allow', method)
    throw new Refusal(405, `${url.pathname} is asked for with ${method}`)
  }
  if (route === undefined) return await sendStatic(context, response, url)
  await route.answer(context, { request, response, url, rest: url.pathname.slice(route.path.length) })
}

function openEvents({ relay, streams }: RouteContext, { response }: Exchange): void {
  relay.attach(streams.open(response))
}

async function receiveCall({ streams }: RouteContext, { request, response, url }: Exchange): Promise<void> {
  streams.receive(url.searchParams.get('channel') ?? '', await readJson(request, MAX_CALL_BYTES))
  response.writeHead(204, DATA_HEADERS).end()
}

function sendColumns({ streams }: RouteContext, { response, rest }: Exchange): void {
  const parts = streams.takeColumns(rest)
  const length = parts.reduce((total, part) => total + part.length, 0)
  response.writeHead(200, { ...DATA_HEADERS, 'content-type': 'application/octet-stream', 'content-length': length })
  for (const part of parts) response.write(part)
  response.end()
}

async function answerShell({ shell }: RouteContext, { request, response, rest }: Exchange): Promise<void> {
  sendJson(response, await answerShellCall(shell, rest, await readJson(request, MAX_SHELL_BYTES)))
}

async function takeUpload(
  { spool, tokens, maxUpload }: RouteContext,
  { request, response, url }: Exchange,
): Promise<void> {
  refuseAbove(maxUpload, Number(request.headers['content-length'] ?? 0))
  const { path, name, bytes } = await spool.take(request, url.searchParams.get('name') ?? '')
  sendJson(response, { token: tokens.grant({ source: { path, name } }), name, bytes })
}

/** Only from folders handed out for exports, and only files that lie below them. */
async function sendExportedFile({ tokens }: RouteContext, { response, rest }: Exchange): Promise<void> {
  const slash = rest.indexOf('/')
  const grant = tokens.lookUp(rest.slice(0, Math.max(0, slash)))
  const relative = safePath(rest.slice(slash))
  const isFolder = grant !== null && 'target' in grant
  const path = isFolder && relative !== null ? await fileBelow(grant.target, relative) : null
  if (path === null) throw new Refusal(404, 'there is no such file')
  response.writeHead(200, {
    ...DATA_HEADERS,
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(path)).replace(/['()*]/g, escape)}`,
  })
  await pipeline(createReadStream(path), response)
}

async function sendStatic({ rendererRoot }: RouteContext, response: ServerResponse, url: URL): Promise<void> {
  const file = await readStatic(rendererRoot, url.pathname)
  if (file === null) throw new Refusal(404, 'there is no such page')
  response.writeHead(200, file.headers).end(file.body)
}
