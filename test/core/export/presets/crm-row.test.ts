import { expect, test } from 'vitest'
import { presetOf } from '../../../../core/export/index.ts'
import { CellScan } from '../../../../core/export/presets/cell-scan.ts'
import { crmRow } from '../../../../core/export/presets/crm-row.ts'
import { LINES, PartWriter } from '../../../../core/export/presets/part-writer.ts'
import { recordsOf } from './delivered.ts'

const OPTIONS = {
  workspaceAs: 'object',
  leadsAs: 'lead',
  pipeline: '',
  dealStage: '',
  leadStatus: '',
  dealStages: new Set<string>(),
} as const

test.each([
  { why: 'a text of just the length', text: 'abcdefghij', cell: 'abcdefghij' },
  { why: 'a text that is too long', text: 'abcdefghijk', cell: 'abcdefghi…' },
  { why: 'a formula of just the length gets an apostrophe', text: '=SUM(A1:9)', cell: "'=SUM(A1…" },
  { why: 'a formula that is too long', text: '=SUM(A1:A9)+1', cell: "'=SUM(A1…" },
  { why: 'a formula with room for its apostrophe', text: '=SUM(A1)', cell: "'=SUM(A1)" },
])('a cell of ten characters at most: $why', ({ text, cell }) => {
  const [first] = presetOf('generic', { asOf: '', model: '', sequenceOf: () => null }, OPTIONS).files
  if (first === undefined) throw new Error('the plain files are there')
  const column = { name: 'title', kind: 'text', maxLength: 10, read: () => text } as const
  const { record, findings } = crmRow({ ...first, columns: [column] }, {} as never, new CellScan())
  const written = recordsOf(`title\r\n${record}`)[0]?.['title'] ?? ''
  expect(written.length).toBeLessThanOrEqual(10)
  if (cell.startsWith("'")) expect(written.startsWith("'=SUM(A1")).toBe(true)
  else expect(written).toBe(cell)
  expect(findings.map(({ kind }) => kind)).toEqual(written.endsWith('…') ? ['over_limit'] : [])
})

test('what opens and closes a part counts towards its limit', () => {
  const writer = new PartWriter()
  const frame = { open: '[', between: ',', close: ']' }
  const source = { name: 'all', ending: 'json', header: '', frame, maxRows: Number.POSITIVE_INFINITY, maxBytes: 20 }
  const file = writer.file({ ...source })
  for (let i = 0; i < 12; i++) file.add('"abcd"', true)
  const texts = writer.take()
  expect(texts.length).toBeGreaterThan(1)
  for (const text of texts) expect(Buffer.byteLength(text) + frame.close.length).toBeLessThanOrEqual(20)
  expect(LINES.open).toBe('')
})
