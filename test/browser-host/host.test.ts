import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createClient } from '#contract/client'
import { httpChannel } from '../../renderer/src/client/channel.http.ts'
import { reconnectingClient } from '../../renderer/src/client/reconnecting-client.ts'
import type { HandedFile, ProjectEntry, ProjectPlace } from '../../renderer/src/platform/shell-api.ts'
import { askShell, startTestHost, type TestHost, upload } from '../support/test-host.ts'

let running: TestHost
beforeEach(async () => {
  running = await startTestHost()
})
afterEach(() => running.close())

const connect = async () => createClient(await httpChannel(running.session))

function spooled(): readonly string[] {
  const spool = join(running.dataFolder, '.spool')
  if (!existsSync(spool)) return []
  const entries = readdirSync(spool, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
}

describe('uploads', () => {
  test('lie in the spool under a name of their own, and the engine reads them by token', async () => {
    const { token, name } = await upload(running.session, 'C:\\fakepath\\events.csv', 'id\n1\n')
    expect(name).toBe('events.csv')
    expect(spooled().map(path => readFileSync(path, 'utf8'))).toEqual(['id\n1\n'])
    expect(spooled()[0]).not.toContain('events')
    const { files } = await (await connect())['import.inspect']({ sources: [token] })
    expect(files.map(file => [file.source, file.file])).toEqual([[token, 'events.csv']])
  })

  test('are deleted once an import has published them, and their tokens forgotten', async () => {
    const one = await upload(running.session, 'a.csv', 'a')
    const two = await upload(running.session, 'b.csv', 'b')
    const client = await connect()
    await client['import.run']({ sources: [one.token] })
    await expect.poll(() => spooled().map(path => readFileSync(path, 'utf8')), { timeout: 120_000 }).toEqual(['b'])
    const ask = async (token: string) => (await client['import.inspect']({ sources: [token] })).files.length
    expect([await ask(one.token), await ask(two.token)]).toEqual([0, 1])
  })

  test('are deleted when the page lets go of them, and when the host closes', async () => {
    const one = await upload(running.session, 'a.csv', 'a')
    await upload(running.session, 'b.csv', 'b')
    await askShell(running.session, 'files.release', { tokens: [one.token, 'unknown'] })
    expect(spooled()).toHaveLength(1)
    await running.host.close()
    expect(spooled()).toEqual([])
  })

  test('a name without anything to read gets one', async () => {
    expect((await upload(running.session, '', 'a')).name).toBe('unnamed')
    expect((await upload(running.session, 'a\u0000b\u202ecsv.exe', 'a')).name).toBe('abcsv.exe')
  })
})

describe('shell', () => {
  test('lists the projects of the data folder, last changed first, and opens the same one by the same token', async () => {
    for (const [name, at] of [
      ['old', 1000],
      ['new', 3000],
      ['mid', 2000],
    ] as const) {
      writeFileSync(join(running.dataFolder, `${name}.pql`), name)
      utimesSync(join(running.dataFolder, `${name}.pql`), at, at)
    }
    writeFileSync(join(running.dataFolder, 'notes.txt'), '')
    mkdirSync(join(running.dataFolder, 'folder.pql'))
    const list = () => askShell<ProjectEntry[]>(running.session, 'project.list', {})
    const entries = await list()
    expect(entries.map(entry => [entry.name, entry.changedAt, entry.bytes])).toEqual([
      ['new', 3_000_000, 3],
      ['mid', 2_000_000, 3],
      ['old', 1_000_000, 3],
    ])
    expect(await list()).toEqual(entries)
    const { files } = await (await connect())['import.inspect']({ sources: [entries[0]?.token ?? ''] })
    expect(files[0]?.file).toBe('new.pql')
  })

  test('letting go of a project or a sample deletes nothing', async () => {
    writeFileSync(join(running.dataFolder, 'kept.pql'), 'x')
    const [entry] = await askShell<ProjectEntry[]>(running.session, 'project.list', {})
    await askShell(running.session, 'files.release', { tokens: [entry?.token] })
    await (await connect())['import.run']({ sources: [entry?.token ?? ''] })
    expect(statSync(join(running.dataFolder, 'kept.pql')).size).toBe(1)
  })

  test('a new project gets a free name', async () => {
    const make = (name: string) => askShell<ProjectPlace>(running.session, 'project.new', { name })
    expect((await make('Acme: Q1/Q2')).name).toBe('Acme Q1 Q2')
    writeFileSync(join(running.dataFolder, 'Demo.pql'), '')
    expect((await make('demo')).name).toBe('demo 2')
    expect((await make('')).name).toBe('Project')
    expect((await make('con')).name).toBe('Project con')
    expect((await make('..')).name).toBe('Project')
  })

  test('every export gets a folder of its own', async () => {
    const make = () => askShell<{ folder: string }>(running.session, 'export.new', { project: 'Demo.pql' })
    const folders = [await make(), await make()].map(({ folder }) => folder.split('/').slice(-2).join('/'))
    expect(folders).toEqual(['exports/Demo-1', 'exports/Demo-2'])
  })

  test('the samples are handed out by name, and missing ones are said to be missing', async () => {
    const sampleFolder = join(running.folder, 'sample')
    const other = await startTestHost({ sampleFolder })
    await expect(askShell(other.session, 'sample.files', {})).rejects.toThrow('usage/missing-file')
    mkdirSync(sampleFolder)
    for (const name of ['users.csv.gz', 'events.jsonl', 'README.md', 'truth.json', '.hidden.csv'])
      writeFileSync(join(sampleFolder, name), 'x')
    const files = await askShell<HandedFile[]>(other.session, 'sample.files', {})
    expect(files.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['events.jsonl', 1],
      ['users.csv.gz', 1],
    ])
    await other.close()
  })

  test('the project it was started with is offered first, wherever it lies', async () => {
    const project = join(running.folder, 'elsewhere.pql')
    writeFileSync(project, 'x')
    const other = await startTestHost({ project })
    const initial = await askShell<ProjectPlace>(other.session, 'project.initial', {})
    const listed = await askShell<ProjectEntry[]>(other.session, 'project.list', {})
    expect([initial.name, listed.map(entry => entry.token)]).toEqual(['elsewhere', [initial.token]])
    expect(await askShell(running.session, 'project.initial', {})).toBeNull()
    await other.close()
  })
})

describe('engine', () => {
  test('one that dies is reported, fails what is in flight, and is replaced with all tokens known', async () => {
    const { token } = await upload(running.session, 'a.csv', 'a')
    const client = await connect()
    await expect(client['import.inspect']({ sources: ['die'] })).rejects.toMatchObject({ code: 'transport/closed' })
    expect(running.reports).toEqual(['the analysis process ended: exit code 3'])
    expect((await client['import.inspect']({ sources: [token] })).files).toHaveLength(1)
  })

  test('one that cannot start is reported at every call', async () => {
    const engineEntry = join(running.folder, 'broken.mjs')
    writeFileSync(engineEntry, 'process.exit(1)')
    const broken = await startTestHost({ engineEntry })
    const client = createClient(await httpChannel(broken.session))
    await expect(client['project.close']({})).rejects.toMatchObject({ code: 'transport/closed' })
    expect(broken.reports).toEqual(['the analysis process ended: exit code 1'])
    await broken.close()
  })
})

describe('pages', () => {
  test('several pages talk to the one engine', async () => {
    const clients = await Promise.all([connect(), connect(), connect()])
    const days = await Promise.all(clients.map(client => client['score.activity']({ unitId: 'w' })))
    expect(days.map(day => day.columns.perDay.length)).toEqual([3, 3, 3])
  })

  test('the fifth stream ends the first, whose next call opens one again', async () => {
    const first = reconnectingClient(() => httpChannel(running.session))
    await first['score.activity']({ unitId: 'w' })
    const running2 = new Promise<void>(done => {
      first['import.inspect']({ sources: ['slow'] }).catch(error => {
        expect(error).toMatchObject({ code: 'transport/closed' })
        done()
      })
    })
    for (let page = 0; page < 4; page++) await connect()
    await running2
    await expect(first['score.activity']({ unitId: 'w' })).resolves.toMatchObject({ today: 3 })
  })

  test('a client that lost its host says so, and finds none', async () => {
    const client = reconnectingClient(() => httpChannel(running.session))
    await client['score.activity']({ unitId: 'w' })
    await running.host.close()
    await expect(client['score.activity']({ unitId: 'w' })).rejects.toMatchObject({ code: 'transport/closed' })
    await expect(client['score.activity']({ unitId: 'w' })).rejects.toMatchObject({ code: 'transport/closed' })
  })

  test('the bytes of columns are given out once', async () => {
    const { session } = running
    const bodies: string[] = []
    const spy: typeof fetch = (input, init) => {
      if (String(input).includes('/columns/')) bodies.push(String(input))
      return session.fetch(input, init)
    }
    const client = createClient(await httpChannel({ origin: session.origin, fetch: spy }))
    await client['score.activity']({ unitId: 'w' })
    expect(bodies).toHaveLength(1)
    expect((await session.fetch(bodies[0] ?? '')).status).toBe(404)
  })
})
