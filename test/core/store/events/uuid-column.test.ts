import { expect, test } from 'vitest'
import { uuidText } from '../../../../core/store/events/uuid-column.ts'

test('sixteen bytes are the text of a UUID, row by row', () => {
  const packed = Uint8Array.from({ length: 48 }, (_, i) => (i * 37) & 255)
  expect([0, 1, 2].map(row => uuidText(packed, row))).toEqual([
    '00254a6f-94b9-de03-284d-7297bce1062b',
    '50759abf-e409-2e53-789d-c2e70c31567b',
    'a0c5ea0f-3459-7ea3-c8ed-12375c81a6cb',
  ])
})
