import { expect, test } from 'vitest'
import { staleWords } from '../../../renderer/src/views/Shell/stale-words.ts'

test.each([
  { because: ['data'], want: 'the data' },
  { because: ['decisions'], want: 'decisions about the data' },
  { because: ['data', 'decisions'], want: 'the data, decisions about them' },
  { because: ['decisions', 'taxonomy', 'model'], want: 'decisions about the data, the taxonomy, the scoring model' },
  { because: undefined, want: 'the data, decisions about them' },
] as const)('$want', ({ because, want }) => {
  expect(staleWords(because)).toBe(`Changed since these scores were made: ${want}.`)
})
