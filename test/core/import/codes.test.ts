import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { HELD_CODES, NOTE_CODES } from '#schema/import'

const errors = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8')
const codesBelow = (title: string): readonly string[] => {
  const section = errors.split(/^## /m).find(part => part.startsWith(title)) ?? ''
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(row => row[1] ?? '')
}

test('docs/errors.md lists the rules of held rows and the notes', () => {
  expect(codesBelow('Held rows')).toEqual([...HELD_CODES])
  expect(codesBelow('Notes')).toEqual([...NOTE_CODES])
})
