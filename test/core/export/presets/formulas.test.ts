import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFormula, PRESETS } from '../../../../core/export/index.ts'
import { recordsOf } from './delivered.ts'
import { world } from './world.ts'

describe('formulas', () => {
  const EVIL = [
    '=1+1',
    '+cmd|calc!A1',
    '@SUM(A1)',
    '-2+3',
    '\t=1+1',
    '\r=HYPERLINK("x")',
    '  =A1',
    '＝1+1',
    '="x"&A1',
    '=\n1+1',
  ]
  const PEACEFUL = ['-Ahmad', '+49 30 1234567', '-12.5', '@handle', '- note', 'a=b']

  test.each(PRESETS)('%s: no cell of any file would be run, whatever field it comes from', preset => {
    const field = fc.constantFrom('name', 'unit', 'account', 'title', 'industry')
    fc.assert(
      fc.property(field, fc.constantFrom(...EVIL), (where, evil) => {
        const { files, harmless } = world({ [where]: evil })(preset)
        expect(cellsOf(files).filter(isFormula)).toEqual([])
        if (where === 'account') expect(harmless.length).toBeGreaterThan(0)
      }),
      { numRuns: 25 },
    )
  })

  test.each(PEACEFUL)('%s stays as it is', peaceful => {
    const { files, harmless } = world({ title: peaceful })('hubspot')
    expect(recordsOf(files.get('hubspot_contacts.csv'))[0]?.['Job Title']).toBe(peaceful)
    expect(recordsOf(files.get('hubspot_contacts.csv'))[1]).toMatchObject({
      'Last Name': '-Ahmad',
      'Job Title': '+49 30 1234567',
    })
    expect(harmless).toEqual([])
  })
})

function cellsOf(files: ReadonlyMap<string, string>): readonly string[] {
  const tables = [...files].filter(([name]) => name.endsWith('.csv'))
  return tables.flatMap(([, content]) => recordsOf(content).flatMap(record => Object.values(record)))
}
