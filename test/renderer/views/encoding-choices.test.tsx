import { keyOf, useBoard } from '../../../renderer/src/state/mapping-board.ts'
import { boardFiles } from '../../../renderer/src/state/mapping-rows.ts'
import { EncodingField } from '../../../renderer/src/views/Import/EncodingField.tsx'
import { fakePlan, fieldFrom } from '../support/fake-board.ts'
import '../support/browser-parts.ts'
import { MantineProvider } from '@mantine/core'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { CODE_PAGE_NAMES } from '#schema/encodings'
import { ChoiceList } from '../../../renderer/src/views/Import/ChoiceList.tsx'
import { encodingChoices, encodingOptions } from '../../../renderer/src/views/Import/encoding-choices.ts'

const READINGS = [
  { encoding: 'windows-1251', samples: 'Иван | Пётр' },
  { encoding: 'koi8-r', samples: 'хБЮМ | оЯРП' },
]

test('what reads like text is offered first with its words, then every other encoding once', () => {
  const choices = encodingChoices(READINGS, null)
  expect(choices.slice(0, 3).map(({ id, hint }) => [id, hint])).toEqual([
    ['windows-1251', 'Иван, Пётр'],
    ['koi8-r', 'хБЮМ, оЯРП'],
    ['utf-8', 'hold the rows that are not'],
  ])
  expect(choices[3]).toMatchObject({ id: 'windows-1252', group: 'Other encodings' })
  expect(choices.map(({ id }) => id).toSorted()).toEqual(['utf-8', 'windows-1252', ...CODE_PAGE_NAMES].toSorted())
  const values = encodingOptions(READINGS).flatMap(({ items }) => items.map(({ value }) => value))
  expect(values.slice(0, 2)).toEqual(['windows-1251', 'koi8-r'])
  expect(new Set(values).size).toBe(values.length)
})

test('what is likely is offered for the other files that ask too', () => {
  const ids = encodingChoices(READINGS, 'For this file and the other one').map(({ id }) => id)
  expect(ids.slice(3, 6)).toEqual(['windows-1251 files', 'koi8-r files', 'utf-8 files'])
  expect(new Set(ids).size).toBe(ids.length)
})

test('an encoding is found by its language and taken by Enter', async () => {
  const user = userEvent.setup()
  const chosen: string[] = []
  const choices = encodingChoices(READINGS, null)
  render(
    <MantineProvider env="test">
      <ChoiceList
        label="Encoding of the file"
        placeholder="Find an encoding"
        choices={choices}
        onChoose={id => chosen.push(id)}
        onClose={() => undefined}
      />
    </MantineProvider>,
  )
  await user.type(screen.getByRole('combobox'), 'japanese')
  expect(screen.getAllByRole('option').map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('shift_jis'),
    expect.stringContaining('euc-jp'),
  ])
  await user.keyboard('{Enter}')
  expect(chosen).toEqual(['shift_jis'])
})

test('the encoding that was named for a file is shown with it, and another one can be chosen', async () => {
  const user = userEvent.setup()
  const plan = {
    ...fakePlan({ file: 'users.csv', table: 'users', reason: '', columns: [] }),
    encoding: 'windows-1251',
    mapping: {
      source: 'users.csv',
      headers: [],
      tables: [{ table: 'users' as const, fields: [fieldFrom('user_id', 'id')] }],
    },
  }
  const [file] = boardFiles([plan], {})
  if (file === undefined) throw new Error('a plan is a file of the board')
  useBoard.setState({ entries: { [keyOf(plan)]: { edited: null, proof: null, reading: { status: 'ready' } } } })
  render(
    <MantineProvider env="test">
      <EncodingField file={file} />
    </MantineProvider>,
  )
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Encoding' })
  expect(field.value).toBe('windows-1251, Cyrillic, Windows')
  await user.click(field)
  await user.click(await screen.findByRole('option', { name: /^koi8-r/, hidden: true }))
  expect(useBoard.getState().entries[keyOf(plan)]?.edited?.encoding).toBe('koi8-r')
  useBoard.setState({ entries: {} })
})
