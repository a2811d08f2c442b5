import { expect, test } from 'vitest'
import { salesforceId } from '../../../../core/export/presets/salesforce-id.ts'

test.each([
  ['an id of 15 gets its check', '001D000000IqhSL', '001D000000IqhSLIAZ'],
  ['one of 18 stays', '001D000000IqhSLIAZ', '001D000000IqhSLIAZ'],
  ['lower-case ends are mended', '001D000000IqhSLiaz', '001D000000IqhSLIAZ'],
  ['a wrong check is no id', '001D000000IqhSLIAA', null],
  ['an id of something else is none', '003D000000IqhSL', null],
  ['a number is none', '9001', null],
])('%s', (_why, text, id) => {
  expect(salesforceId(text, ['001'])).toBe(id)
})
