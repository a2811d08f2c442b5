import { expect, test } from 'vitest'
import { type PresetId, presetOf } from '../../../../core/export/index.ts'
import { LINES, PartWriter, type Source } from '../../../../core/export/presets/part-writer.ts'
import { recordsOf } from './delivered.ts'

const RUN = { asOf: '', model: '', sequenceOf: () => null }
const OPTIONS = {
  workspaceAs: 'object',
  leadsAs: 'lead',
  pipeline: '',
  dealStage: '',
  leadStatus: '',
  dealStages: new Set<string>(),
} as const

/** The file as its preset has it, limits and header included. */
function sourceOf(preset: PresetId, name: string): Source {
  const { files } = presetOf(preset, RUN, OPTIONS)
  const file = files.find(one => one.name === name)
  if (file === undefined) throw new Error(`${preset} has no ${name}`)
  const header = `${file.columns.map(column => column.name).join(',')}\r\n`
  return { name, ending: 'csv', header, frame: LINES, maxRows: file.maxRows, maxBytes: file.maxBytes }
}

type Part = { name: string; rows: number; bytes: number; begins: string; ends: string }

/** Adds a record many times; of the texts only beginning, end and length are kept. */
function partsOf(source: Source, record: string, times: number): readonly Part[] {
  const writer = new PartWriter()
  const file = writer.file(source)
  const parts: Part[] = []
  const isAscii = Buffer.byteLength(record) === record.length
  const take = (): void => {
    for (const [i, text] of writer.take().entries()) {
      parts[i] ??= {
        name: writer.names[i] ?? '',
        rows: 0,
        bytes: 0,
        begins: text.slice(0, source.header.length),
        ends: '',
      }
      const part = parts[i] as Part // made just now
      part.bytes += Buffer.byteLength(text)
      if (text !== '') part.ends = text.slice(-2)
    }
  }
  const stretch = Math.max(1, Math.floor((1 << 20) / record.length))
  for (let i = 0; i < times; i++) {
    file.add(record, isAscii)
    if (i % stretch === 0) take()
  }
  take()
  return parts.map((part, i) => ({ ...part, rows: writer.rows()[i] ?? 0 }))
}

test.each([
  { why: 'Attio, 100,000 rows', preset: 'attio', name: 'attio_people', most: 100_000 },
  {
    why: 'the Import Wizard, under 50,000 records',
    preset: 'salesforce',
    name: 'salesforce_leads_wizard',
    most: 49_999,
  },
  { why: 'HubSpot, 1,048,576 rows', preset: 'hubspot', name: 'hubspot_contacts', most: 1_048_576 },
  { why: 'Data Loader, 5,000,000 records', preset: 'salesforce', name: 'salesforce_leads', most: 5_000_000 },
] as const)('$why: the next row begins another file, with its header', ({ preset, name, most }) => {
  const source = sourceOf(preset, name)
  const parts = partsOf(source, 'x\r\n', most + 1)
  expect(parts.map(({ name: own, rows }) => [own, rows])).toEqual([
    [`${name}.csv`, most],
    [`${name}_2.csv`, 1],
  ])
  expect(parts.map(({ begins, ends }) => [begins, ends])).toEqual([
    [source.header, '\r\n'],
    [source.header, '\r\n'],
  ])
  expect(partsOf(source, 'x\r\n', most)).toHaveLength(1)
})

const MB = 1024 * 1024
test.each([
  { why: 'HubSpot, 512 MB', preset: 'hubspot', name: 'hubspot_tasks', most: 512 * MB, letter: 'x' },
  {
    why: 'the Import Wizard, 100 MB',
    preset: 'salesforce',
    name: 'salesforce_leads_wizard',
    most: 100 * MB,
    letter: 'é',
  },
  { why: 'Attio, 100 MB', preset: 'attio', name: 'attio_people', most: 100 * MB, letter: '😀' },
] as const)('$why: no file is larger', ({ preset, name, most, letter }) => {
  const source = sourceOf(preset, name)
  const record = `${letter.repeat(MB / Buffer.byteLength(letter))}\r\n`
  const parts = partsOf(source, record, most / MB + 1)
  expect(parts.length).toBe(2)
  for (const { bytes } of parts) expect(bytes).toBeLessThanOrEqual(most)
  expect(parts[0]?.bytes).toBeGreaterThan(most - 2 * MB)
  expect(parts.reduce((sum, { rows }) => sum + rows, 0)).toBe(most / MB + 1)
})

test('a third file follows the second, and files without rows are not made', () => {
  const writer = new PartWriter()
  writer.file({ ...sourceOf('attio', 'attio_deals') })
  const file = writer.file({ ...sourceOf('attio', 'attio_users'), maxRows: 1 })
  for (const cell of ['a', 'b', 'c']) file.add(`${cell}\r\n`, true)
  expect(writer.names).toEqual(['attio_users.csv', 'attio_users_2.csv', 'attio_users_3.csv'])
  expect(writer.take().map(text => recordsOf(text)[0]?.['User ID'])).toEqual(['a', 'b', 'c'])
})
