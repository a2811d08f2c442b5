import { render } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Breakable } from '../../../renderer/src/views/Identity/Breakable.tsx'

test.each([
  ['jane.wakefield@acme.co', 'jane.|wakefield@|acme.co'],
  ['@acme.com', '@|acme.com'],
  ['jane@', 'jane@|'],
  ['okta/00u1re47', 'okta/|00u1re47'],
  ['no break here', 'no break here'],
])('%s breaks behind an @, a bar or a dot, not within a word', (text, want) => {
  const { container } = render(<Breakable text={text} />)
  expect(container.innerHTML.replaceAll('<wbr>', '|')).toBe(want)
})
