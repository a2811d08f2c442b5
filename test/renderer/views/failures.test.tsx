import { expect, test } from 'vitest'
import { AppError, ERROR_CODES } from '#lib/errors'
import { failureOf } from '../../../renderer/src/views/failures.ts'

test.each(ERROR_CODES)('%s has words of its own and no exclamation mark', code => {
  const { title, message } = failureOf(new AppError(code, 'users.csv has no header'))
  expect(title).not.toBe('')
  expect(message).toBe('Users.csv has no header.')
  expect(`${title}${message}`).not.toContain('!')
})

test('the text of a bug is not shown', () => {
  const { message, code } = failureOf(new TypeError('cannot read properties of undefined'))
  expect([code, message.includes('undefined')]).toEqual(['internal', false])
})
