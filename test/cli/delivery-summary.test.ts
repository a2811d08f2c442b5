import { expect, test } from 'vitest'
import { dryRunSummary } from '../../cli/delivery-summary.ts'

type Tried = Parameters<typeof dryRunSummary>[0][number]

const filled = (about: string, key: string, text: string): Tried['findings'][number] => ({
  kind: 'placeholder',
  object: 'person',
  key,
  unitId: 'w1',
  about,
  text,
})

const TRIED: Tried = {
  preset: 'salesforce',
  runId: 1,
  units: 58,
  leftOut: [
    { destination: 'review', units: 1 },
    { destination: 'none', units: 2 },
  ],
  objects: [],
  coolingDown: 0,
  cellsMadeHarmless: 0,
  files: [],
  findings: [
    filled('last name', 'u1', 'last name soren.petit, from the address'),
    filled('company', 'u1', 'company [Solo], from the workspace'),
    filled('company', 'u2', 'company [Duo], from the workspace'),
  ],
  findingsTotal: 3,
  findingSorts: [
    { object: 'person', kind: 'placeholder', about: 'last name', findings: 1 },
    { object: 'person', kind: 'placeholder', about: 'company', findings: 2 },
  ],
  samples: [],
}

test('what is no example of a fact is not told under it', () => {
  const text = dryRunSummary([TRIED])
  expect(text).toContain('  1 x person: last name soren.petit, from the address (u1)\n')
  expect(text).toContain('  2 x person, for example: company [Solo], from the workspace (u1, u2)\n')
})

test('workspaces that the CRM gets nothing of are counted with the reason', () => {
  expect(dryRunSummary([TRIED])).toMatch(
    /^salesforce: 58 workspaces of 61 \(left out: 1 to be looked at first, 2 routed nowhere\)\n/,
  )
  expect(dryRunSummary([{ ...TRIED, leftOut: [] }])).toMatch(/^salesforce: 58 workspaces\n/)
})
