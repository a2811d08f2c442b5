import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rawRequest } from '../support/raw-request.ts'
import { openSession } from '../support/session.ts'
import { askShell, startTestHost, type TestHost, upload } from '../support/test-host.ts'

const json = { 'content-type': 'application/json' }
let running: TestHost
let origin: string
let cookie: string

beforeAll(async () => {
  running = await startTestHost({ maxUpload: 1000 })
  origin = running.session.origin
  cookie = running.session.cookie
})
afterAll(() => running.close())

describe('who may ask', () => {
  const get = (headers: Record<string, string>, path = '/') => rawRequest(origin, { path, headers })

  test('the page, with its cookie', async () => {
    expect((await get({ cookie, 'sec-fetch-site': 'none' })).status).toBe(200)
    expect((await get({ cookie, 'sec-fetch-site': 'same-origin' }, '/assets/main.js')).status).toBe(200)
    expect((await get({ cookie }, '/assets/main.js')).status).toBe(200)
  })

  test.each([
    { why: 'no cookie', headers: () => ({}) },
    { why: 'a wrong cookie', headers: () => ({ cookie: `${cookie.slice(0, -3)}xxx` }) },
    { why: 'an empty cookie', headers: () => ({ cookie: `${cookie.split('=')[0]}=` }) },
    { why: 'a name pointed at this address (DNS rebinding)', headers: () => ({ cookie, host: 'evil.example' }) },
    { why: 'the name with our port', headers: () => ({ cookie, host: `evil.example:${new URL(origin).port}` }) },
    {
      why: 'localhost, which could be another program',
      headers: () => ({ cookie, host: `localhost:${new URL(origin).port}` }),
    },
    { why: 'the address without the port', headers: () => ({ cookie, host: '127.0.0.1' }) },
    { why: 'a foreign origin', headers: () => ({ cookie, origin: 'https://evil.example' }) },
    { why: 'another port of this machine', headers: () => ({ cookie, origin: 'http://127.0.0.1:1' }) },
    { why: 'an opaque origin', headers: () => ({ cookie, origin: 'null' }) },
    { why: 'a link on a foreign site', headers: () => ({ cookie, 'sec-fetch-site': 'cross-site' }) },
    { why: 'a page on another port', headers: () => ({ cookie, 'sec-fetch-site': 'same-site' }) },
  ])('not with $why', async ({ headers }) => {
    for (const path of ['/', '/assets/main.js', '/events', '/columns/x', '/file/x/y']) {
      expect((await get(headers(), path)).status).toBe(403)
    }
  })

  test('a file or stream opened from outside a page is refused, only the start page is not', async () => {
    expect((await get({ cookie, 'sec-fetch-site': 'none' }, '/events')).status).toBe(403)
    expect((await get({ cookie, 'sec-fetch-site': 'none' }, '/assets/main.js')).status).toBe(403)
  })

  test.each([
    { method: 'POST', path: '/call?channel=x' },
    { method: 'POST', path: '/shell/project.list' },
    { method: 'PUT', path: '/upload?name=a.csv' },
  ])('$method $path without an origin is refused', async ({ method, path }) => {
    expect((await rawRequest(origin, { method, path, headers: { cookie, ...json }, body: '{}' })).status).toBe(403)
  })

  test('another cookie of our name, set by another program, does not lock the page out', async () => {
    const name = cookie.split('=')[0]
    expect((await get({ cookie: `${name}=planted; ${cookie}; other=1` })).status).toBe(200)
  })
})

describe('the link', () => {
  test('works once', async () => {
    await expect(openSession(running.host.url)).rejects.toThrow('HTTP 403')
  })

  test('used again in the browser that holds the session, leads to the page without its token', async () => {
    const { pathname, search } = new URL(running.host.url)
    const again = await rawRequest(origin, { path: `${pathname}${search}`, headers: { cookie } })
    expect([again.status, again.headers.location, again.headers['set-cookie']]).toEqual([303, '/', undefined])
  })

  test('is not exchanged for a request from another site, which cannot burn it either', async () => {
    const host = await startTestHost()
    const url = new URL(host.host.newUrl())
    const path = `${url.pathname}${url.search}`
    expect((await rawRequest(url.origin, { path, headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
    expect((await rawRequest(url.origin, { path, headers: { host: 'evil.example' } })).status).toBe(403)
    expect((await rawRequest(url.origin, { path })).status).toBe(303)
    await host.close()
  })

  test('sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const host = await startTestHost()
    const url = new URL(host.host.newUrl())
    const response = await rawRequest(url.origin, { path: `${url.pathname}${url.search}` })
    expect(response.headers['set-cookie']?.[0]).toMatch(
      new RegExp(`^pql-${url.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    )
    await host.close()
  })

  test('a new one ends the one before, and its session the session before with its tokens', async () => {
    const host = await startTestHost()
    const before = host.session
    const { token } = await upload(before, 'a.csv', 'a,b')
    const [first, second] = [host.host.newUrl(), host.host.newUrl()]
    await expect(openSession(first)).rejects.toThrow('HTTP 403')
    expect((await before.fetch(`${before.origin}/`)).status).toBe(200)
    const after = await openSession(second)
    expect((await before.fetch(`${before.origin}/`)).status).toBe(403)
    expect((await after.fetch(`${after.origin}/file/${token}/a.csv`)).status).toBe(404)
    await host.close()
  })
})

describe('a token of another session', () => {
  test('opens nothing here, nor does its cookie', async () => {
    const other = await startTestHost()
    const { token } = await askShell<{ token: string }>(other.session, 'export.new', { project: 'p' })
    writeFileSync(join(other.dataFolder, 'exports/p-1/list.csv'), 'a')
    const there = await other.session.fetch(`${other.session.origin}/file/${token}/list.csv`)
    const here = await running.session.fetch(`${origin}/file/${token}/list.csv`)
    const borrowed = await rawRequest(origin, { path: '/', headers: { cookie: other.session.cookie } })
    expect([there.status, here.status, borrowed.status]).toEqual([200, 404, 403])
    await other.close()
  })
})

describe('what may be asked', () => {
  const asPage = { 'sec-fetch-site': 'same-origin' }
  const ask = (method: string, path: string, body?: string, headers: Record<string, string> = json) =>
    rawRequest(origin, {
      method,
      path,
      headers: { cookie, origin, ...asPage, ...headers },
      ...(body === undefined ? {} : { body }),
    })

  test.each([
    { method: 'GET', path: '/call', allow: 'POST' },
    { method: 'GET', path: '/shell/project.list', allow: 'POST' },
    { method: 'POST', path: '/events', allow: 'GET' },
    { method: 'POST', path: '/upload?name=a', allow: 'PUT' },
    { method: 'DELETE', path: '/file/x/y', allow: 'GET' },
    { method: 'POST', path: '/', allow: 'GET' },
    { method: 'OPTIONS', path: '/call', allow: 'POST' },
    { method: 'HEAD', path: '/', allow: 'GET' },
    { method: 'PUT', path: '/assets/main.js', allow: 'GET' },
  ])('$method $path is not, only $allow', async ({ method, path, allow }) => {
    const response = await ask(method, path)
    expect([response.status, response.headers.allow]).toEqual([405, allow])
  })

  test('an override of the method is passed over', async () => {
    const response = await ask('GET', '/call', undefined, { 'x-http-method-override': 'POST' })
    expect(response.status).toBe(405)
  })

  test.each([
    '/../outside.json',
    '/assets/../../outside.json',
    '/%2e%2e/outside.json',
    '/..%2foutside.json',
    '/assets/..%5c..%5coutside.json',
    '/.secret.json',
    '/%00.json',
    '/C:/outside.json',
    '/linked.json',
    '/assets',
    '/assets//main.js',
    '/%zz',
    '/assets/main.js/',
  ])('the path %s leads nowhere', async path => {
    const link = join(running.folder, 'renderer/linked.json')
    if (!existsSync(link)) symlinkSync(join(running.folder, 'outside.json'), link)
    expect((await ask('GET', path)).status).toBe(404)
  })

  test.each(['//evil.example/', 'http://evil.example/', '*'])('the address %s is not ours', async path => {
    expect([400, 403]).toContain((await ask('GET', path)).status)
  })

  test('exports leave their own folder by no path', async () => {
    const { token } = await askShell<{ token: string }>(running.session, 'export.new', { project: 'Demo' })
    const folder = join(running.dataFolder, 'exports/Demo-1')
    mkdirSync(join(folder, 'routing'))
    writeFileSync(join(folder, 'routing/sdr.csv'), 'unit_id\n')
    symlinkSync(join(running.folder, 'outside.json'), join(folder, 'linked.json'))
    const status = async (path: string) => (await ask('GET', `/file/${path}`)).status
    expect(await status(`${token}/routing/sdr.csv`)).toBe(200)
    for (const path of ['/', '/routing', '/linked.json', '/../Demo-1/routing/sdr.csv', '/..%2f..%2foutside.json', '']) {
      expect(await status(`${token}${path}`)).toBe(404)
    }
    expect(await status(`${token.slice(1)}x/routing/sdr.csv`)).toBe(404)
  })

  test('a token of a file to read is no folder to fetch from', async () => {
    const { token } = await upload(running.session, 'a.csv', 'a,b')
    expect((await ask('GET', `/file/${token}/a.csv`)).status).toBe(404)
  })

  test('an exported file is sent to be saved, never to be shown', async () => {
    const { token } = await askShell<{ token: string }>(running.session, 'export.new', { project: 'Shown' })
    writeFileSync(join(running.dataFolder, "exports/Shown-1/it's ä.html"), '<script>1</script>')
    const { headers } = await ask('GET', `/file/${token}/${encodeURIComponent("it's ä.html")}`)
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': "attachment; filename*=UTF-8''it%27s%20%C3%A4.html",
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    })
  })

  test('a call body above the cap is refused unread, and so is a body that is no JSON', async () => {
    const large = await ask('POST', '/call?channel=x', undefined, { ...json, 'content-length': '9000000' })
    const huge = await ask('POST', '/shell/project.list', 'x'.repeat(300_000))
    const form = await ask('POST', '/shell/project.list', '{}', { 'content-type': 'text/plain' })
    const rubbish = await ask('POST', '/shell/project.list', '{')
    expect([large, huge, form, rubbish].map(response => response.status)).toEqual([413, 413, 415, 400])
    expect(JSON.parse(large.text)).toMatchObject({ code: 'contract/too-large' })
  })

  test('a body that grows above the cap while it comes ends the connection, and nothing of an upload stays', async () => {
    const spool = join(running.dataFolder, '.spool')
    const spooled = () =>
      readdirSync(spool, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).length
    const before = spooled()
    const body = new ReadableStream({
      pull: controller => {
        controller.enqueue(new Uint8Array(600))
      },
    })
    const init = { method: 'PUT', body, duplex: 'half' } as RequestInit
    const failed = running.session.fetch(`${origin}/upload?name=a.csv`, init).then(
      response => response.status,
      () => 413,
    )
    expect(await failed).toBe(413)
    await expect.poll(spooled, { timeout: 120_000 }).toBe(before)
  })

  test.each(['constructor', '__proto__', 'project.drop', ''])('the shell call "%s" does not exist', async name => {
    const response = await ask('POST', `/shell/${name}`, '{}')
    expect([response.status, JSON.parse(response.text).code]).toEqual([400, 'contract/unknown-method'])
  })

  test('a shell call takes no path and nothing beside what it names', async () => {
    const refused = await ask('POST', '/shell/project.new', JSON.stringify({ name: 'a', path: '/etc' }))
    expect([refused.status, JSON.parse(refused.text).code]).toEqual([400, 'contract/bad-input'])
    const made = await askShell<{ name: string; folder: string }>(running.session, 'project.new', {
      name: '../../etc/x',
    })
    expect([made.name, made.folder.endsWith('data')]).toEqual(['etc x', true])
  })

  test('calls of a channel that is not there are refused', async () => {
    expect((await ask('POST', '/call?channel=nope', '[]')).status).toBe(409)
    expect((await ask('GET', '/columns/nope')).status).toBe(404)
  })
})

describe('every answer', () => {
  test.each([
    { path: '/', status: 200 },
    { path: '/assets/main.js', status: 200 },
    { path: '/nothing.js', status: 404 },
    { path: '/columns/x', status: 404 },
  ])('$path carries the headers that keep it to itself', async ({ path, status }) => {
    const response = await rawRequest(origin, { path, headers: { cookie } })
    expect(response.status).toBe(status)
    expect(response.headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    })
    expect(response.headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(response.headers['access-control-allow-origin']).toBeUndefined()
  })

  test('the page has a nonce of its own that its policy names, and nothing else is loosened', async () => {
    const pages = await Promise.all([1, 2].map(() => rawRequest(origin, { path: '/', headers: { cookie } })))
    const nonces = pages.map(page => /<head><meta name="style-nonce" content="([^"]{24})" \/>/.exec(page.text)?.[1])
    expect(nonces[0]).not.toBe(nonces[1])
    expect(pages[0]?.headers['content-security-policy']).toBe(
      [
        "default-src 'none'",
        "script-src 'self'",
        `style-src 'self' 'nonce-${nonces[0]}'`,
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
      ].join('; '),
    )
  })
})

test('none of this was a bug of the host', () => {
  expect(running.reports).toEqual([])
})
