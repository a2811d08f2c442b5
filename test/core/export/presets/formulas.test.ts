import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PRESETS } from '../../../../core/export/index.ts'
import { payload } from '../payloads.ts'
import { evaluates } from '../spreadsheet.ts'
import { recordsOf } from './delivered.ts'
import { TEXTS, world } from './world.ts'

// No spreadsheet program is asked: cells are read by a grammar of formulas of its own (../spreadsheet.ts).
describe.each(PRESETS)('%s', preset => {
  test('no cell of any file would be run, whatever field it comes from', () => {
    // A key that merely counts (`-1-2`) is left as it is, since other files join on it; one that does harm is not.
    const harmful = payload.filter(text => /["'|!]|^\s*[=\uff1d]/.test(text) && evaluates(text))
    fc.assert(
      fc.property(fc.constantFrom(...TEXTS), payload, harmful, (where, text, key) => {
        const { files } = world({ [where]: where.endsWith('Id') ? key : text })(preset)
        expect(cellsOf(files).filter(evaluates)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test.each(TEXTS)('%s: a cell that was made harmless is listed, and reads back but for its apostrophe', where => {
    const evil = `=HYPERLINK("https://x.example","${where}")`
    const { files, harmless } = world({ [where]: evil })(preset)
    const cells = cellsOf(files)
    const changed = cells.filter(cell => cell === `'${evil}`).length
    expect(cells.filter(cell => cell === evil)).toEqual([])
    expect(harmless.length).toBeGreaterThanOrEqual(changed)
  })
})

test.each(['-Ahmad', '+49 30 1234567', '-12.5', '@handle', '- note', 'a=b'])('%s stays as it is', peaceful => {
  const { files, harmless } = world({ title: peaceful })('hubspot')
  expect(recordsOf(files.get('hubspot_contacts.csv'))[0]?.['Job Title']).toBe(peaceful)
  expect(recordsOf(files.get('hubspot_contacts.csv'))[1]).toMatchObject({
    'Last Name': '-Ahmad',
    'Job Title': '+49 30 1234567',
  })
  expect(harmless).toEqual([])
})

function cellsOf(files: ReadonlyMap<string, string>): readonly string[] {
  const tables = [...files].filter(([name]) => name.endsWith('.csv'))
  return tables.flatMap(([, content]) => recordsOf(content).flatMap(record => Object.values(record)))
}
