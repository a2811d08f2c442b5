import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { DEFAULT_MODEL } from '#score'
import { listExports } from '#store'
import { startProject, type TestEngine, withFile } from './support/engine.ts'
import { csv, event, importSmall, LAST_DAY } from './support/exports.ts'

let engine: TestEngine
let out: string

beforeEach(async () => {
  engine = await startProject()
  out = engine.path('out')
  await importSmall(engine)
  const held = csv([
    { user_id: '', name: 'No Id' },
    { user_id: 'u1', name: '=cmd|calc!A1' },
  ])
  await engine.client['import.run']({ sources: [engine.write('held.csv', held)] })
  await engine.client['score.run']({})
})

type Manifest = Readonly<{
  inputs: readonly Readonly<{ file: string; sha256: string }>[]
  outputs: readonly Readonly<{ name: string; rows: number; bytes: number; sha256: string }>[]
  made_harmless: readonly unknown[]
}>

const read = (name: string): string => readFileSync(join(out, name), 'utf8')
const manifest = (): Manifest => JSON.parse(read('manifest.json')) as Manifest
const run = (overwrite = false) => engine.client['export.run']({ target: out, overwrite })

/** Every file below a folder with its content. */
function contents(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = names.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  return Object.fromEntries(files.sort().map(path => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]))
}

/** Names of all that lies beside the project and below. */
const listing = (): readonly string[] => readdirSync(engine.folder, { recursive: true, encoding: 'utf8' }).sort()

/** Header and records of a file of plain cells. */
function records(name: string): readonly Readonly<Record<string, string>>[] {
  const [header = '', ...lines] = read(name).trimEnd().split('\r\n')
  const cells = (line: string) => [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map(([, cell = '']) => cell)
  const plain = (cell = ''): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
  const names = cells(header)
  return lines.map(line => Object.fromEntries(cells(line).map((cell, i) => [names[i] ?? '', plain(cell)])))
}

describe('what is written', () => {
  test('is listed with rows, bytes and hashes, and the manifest agrees', async () => {
    const { folder, files } = await run()
    expect(folder).toBe(out)
    expect(files.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['scores.csv', 'routing/sdr.csv', 'manifest.json']),
    )
    for (const { name, bytes, sha256 } of files) {
      const content = readFileSync(join(out, name))
      expect([content.length, createHash('sha256').update(content).digest('hex')]).toEqual([bytes, sha256])
    }
    const listed = files.filter(({ name }) => name !== 'manifest.json')
    expect(manifest().outputs).toEqual(listed.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    expect(Object.keys(contents(out)).sort()).toEqual(files.map(({ name }) => name).sort())
    expect(manifest().inputs.map(({ file }) => file)).toContain('held.csv')
  })

  test('is the same, byte for byte, again, and in another project with the same files', async () => {
    await run()
    const first = contents(out)
    await run()
    expect(contents(out)).toEqual(first)
    await engine.client['score.run']({})
    await run()
    expect(contents(out)).toEqual(first)
  })

  test('holds the rows that were held, and names the cells that were made harmless', async () => {
    const { cellsMadeHarmless } = await run()
    expect(records('held_rows.csv')).toMatchObject([{ file: 'held.csv', line: '2', code: 'value/missing' }])
    expect(manifest().made_harmless).toHaveLength(cellsMadeHarmless)
    expect(manifest().made_harmless).toContainEqual({ file: 'scores.csv', row: 'w2', column: 'unit_name' })
    expect(records('scores.csv')[1]).toMatchObject({ unit_id: 'w2', unit_name: "'=1+1" })
  })

  test('says of no stage of the first scores when it began', async () => {
    const since = () => new Set(records('scores.csv').map(({ pql_last_changed_at }) => pql_last_changed_at))
    await run()
    expect(since()).toEqual(new Set(['']))
  })

  test('is kept in the history of the project', async () => {
    await run()
    await engine.close()
    const exports = withFile(engine, ({ db }) => listExports(db))
    expect(exports).toMatchObject([{ runId: 1, preset: 'generic', target: out, manifest: read('manifest.json') }])
  })

  test('is made of what was judged: a later import is not in it', async () => {
    await run()
    const first = contents(out)
    const late = csv([
      { ...event(500, 'login', ['w1', 'u1'], LAST_DAY), timestamp: '' },
      event(501, 'login', ['w1', 'u1'], LAST_DAY),
    ])
    await engine.client['import.run']({ sources: [engine.write('late.csv', late)] })
    expect(await engine.client['export.staleness']({})).toEqual({ staleBecause: ['data'] })
    await run()
    const { 'manifest.json': _, ...files } = contents(out)
    expect(first).toMatchObject(files)
    expect(manifest()).toEqual({
      ...JSON.parse(first['manifest.json'] ?? ''),
      scores_are_older_than: ['data'],
    })
    await engine.client['score.run']({})
    await run()
    expect(manifest()).toMatchObject({ scores_are_older_than: [] })
    expect(await engine.client['export.staleness']({})).toEqual({ staleBecause: [] })
    expect(manifest().inputs.map(({ file }) => file)).toContain('late.csv')
    expect(records('held_rows.csv')).toHaveLength(2)
  })
})

describe('a preview', () => {
  test('shows the files and the first lines as the export writes them', async () => {
    const preview = await engine.client['export.preview']({})
    const { files } = await run()
    expect(preview.files).toEqual(
      files.filter(({ name }) => name !== 'manifest.json').map(({ name, rows }) => ({ name, rows })),
    )
    for (const { channel, rows, sample } of preview.channels) {
      expect(rows).toBe(files.find(({ name }) => name === `routing/${channel}.csv`)?.rows)
      expect(sample).toEqual(records(`routing/${channel}.csv`).slice(0, 20))
    }
    expect(preview.channels.some(({ sample }) => sample.length > 0)).toBe(true)
    expect(await engine.client['export.preview']({})).toEqual(preview)
  })

  test('names what keeps units off a list, and follows the newest run', async () => {
    const contacts = csv([{ contact_id: 'c1', user_id: 'u1', account_id: 'a1', opted_out: 'true' }])
    await engine.client['import.run']({ sources: [engine.write('contacts.csv', contacts)] })
    await engine.client['model.apply']({
      json: JSON.stringify({ ...DEFAULT_MODEL, stages: { warm: 1, pql: 2, hot: 3 } }),
    })
    await engine.client['score.run']({})
    const preview = await engine.client['export.preview']({})
    await run()
    expect(preview.files.find(({ name }) => name === 'suppressed.csv')?.rows).toBe(records('suppressed.csv').length)
    const reasons = records('suppressed.csv').flatMap(record => (record['reasons'] ?? '').split(';'))
    expect(preview.suppressed.reduce((sum, { count }) => sum + count, 0)).toBe(reasons.length)
    expect(reasons).toContain('opted_out')
  })
})

test('a preview of the sample shows the first lines of long lists, with their place on the whole list', {
  timeout: 240_000,
}, async () => {
  const sample = join(import.meta.dirname, '../../../fixtures/sample')
  const names = readdirSync(sample).filter(name => /\.csv(\.gz)?$/.test(name))
  const other = await startProject({ known: () => true })
  out = other.path('sample')
  await other.client['import.run']({ sources: names.map(name => join(sample, name)) })
  await other.client['score.run']({})
  const { channels, files } = await other.client['export.preview']({})
  const written = await other.client['export.run']({ target: out })
  expect(written.files).toMatchObject([...files, { name: 'manifest.json' }])
  for (const { channel, rows, sample: lines } of channels) {
    const whole = records(`routing/${channel}.csv`)
    expect(whole).toHaveLength(rows)
    expect(lines).toEqual(whole.slice(0, 20))
    expect(whole.map(line => Number(line['priority']))).toEqual(whole.map((_, i) => i + 1))
  }
  expect(channels.some(({ rows }) => rows > 20)).toBe(true)
})

describe('into a folder that is there', () => {
  test('files that no export wrote are not replaced without leave', async () => {
    mkdirSync(out)
    writeFileSync(join(out, 'scores.csv'), 'mine')
    writeFileSync(join(out, 'notes.txt'), 'mine too')
    await expect(run()).rejects.toMatchObject({ code: 'export/exists', message: expect.stringContaining('scores.csv') })
    expect(contents(out)).toEqual({ 'notes.txt': 'mine too', 'scores.csv': 'mine' })
    await run(true)
    expect(read('notes.txt')).toBe('mine too')
    expect(records('scores.csv')).toHaveLength(4)
  })

  test('a manifest of another program gives no leave', async () => {
    mkdirSync(out)
    writeFileSync(join(out, 'manifest.json'), '{"name": "A web page", "outputs": [{"name": "scores.csv"}]}')
    await expect(run()).rejects.toMatchObject({ code: 'export/exists' })
  })

  test('files of an earlier export are replaced, and those that are no longer written go', async () => {
    await run()
    const before = manifest()
    writeFileSync(join(out, 'routing', 'review.csv'), 'stale')
    const stale = {
      name: 'routing/review.csv',
      rows: 1,
      bytes: 5,
      sha256: createHash('sha256').update('stale').digest('hex'),
    }
    writeFileSync(join(out, 'manifest.json'), JSON.stringify({ ...before, outputs: [...before.outputs, stale] }))
    await run()
    expect(existsSync(join(out, 'routing', 'review.csv'))).toBe(false)
    expect(manifest()).toEqual(before)
  })

  test('a list that somebody worked in since is not replaced without leave', async () => {
    await run()
    const edited = `${read('routing/sdr.csv')}called on Monday\r\n`
    writeFileSync(join(out, 'routing', 'sdr.csv'), edited)
    await expect(run()).rejects.toMatchObject({
      code: 'export/exists',
      message: expect.stringContaining('changed since'),
    })
    expect(read('routing/sdr.csv')).toBe(edited)
    await run(true)
    expect(read('routing/sdr.csv')).not.toContain('called on Monday')
  })

  test('a manifest that names files elsewhere makes none of them go', async () => {
    await run()
    const victim = engine.write('victim.csv', 'x')
    const own = engine.write('out/diary.docx', 'y')
    const outputs = ['../victim.csv', 'diary.docx', '/etc/hosts'].map(name => ({
      name,
      rows: 0,
      bytes: 1,
      sha256: 'z',
    }))
    writeFileSync(
      join(out, 'manifest.json'),
      JSON.stringify({ ...manifest(), outputs: [...manifest().outputs, ...outputs] }),
    )
    await run()
    expect([existsSync(victim), existsSync(own)]).toEqual([true, true])
  })
})

describe('a failure changes nothing', () => {
  test.each([
    {
      why: 'a folder in the place of a file',
      block: () => mkdirSync(join(out, 'scores.csv', 'inner'), { recursive: true }),
    },
    {
      why: 'a folder in the place of the manifest',
      block: () => mkdirSync(join(out, 'manifest.json'), { recursive: true }),
    },
    {
      why: 'a file in the place of a folder',
      block: () => {
        mkdirSync(out)
        writeFileSync(join(out, 'routing'), 'mine')
      },
    },
    { why: 'a file in the place of the folder itself', block: () => writeFileSync(out, 'mine') },
  ])('$why is never replaced, with leave or without', async ({ block }) => {
    block()
    const before = listing()
    for (const overwrite of [false, true]) await expect(run(overwrite)).rejects.toMatchObject({ code: 'export/exists' })
    expect(listing()).toEqual(before)
    expect(engine.reports).toEqual([])
  })

  test('a place where no folder can be made', async () => {
    const blocked = process.platform === 'linux' ? '/proc/pql-out' : '/dev/null/pql-out'
    const other = await startProject({ known: () => true })
    await importSmall(other)
    await other.client['score.run']({})
    const call = other.client['export.run']({ target: blocked })
    await expect(call).rejects.toMatchObject({ code: 'store/read-only' })
    expect(other.reports).toEqual([])
  })
})

test('what an export that was killed had put aside is put back before the next', async () => {
  await run()
  const before = contents(out)
  // As placing leaves it half way: all that was there is aside, some of the new files have their names.
  for (const name of ['manifest.json', 'scores.csv', 'routing/sdr.csv'])
    renameSync(join(out, name), join(out, `${name}.pql-aside`))
  writeFileSync(join(out, 'scores.csv'), 'half of a newer export')
  await run()
  expect(contents(out)).toEqual(before)
})
