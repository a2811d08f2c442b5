import { screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { afterEach, expect, test } from 'vitest'
import type { CallOptions, Input } from '#contract/contract'
import { forgetProject } from '../../../renderer/src/state/session.ts'
import { openApp } from '../support/render-app.tsx'

afterEach(() => forgetProject())

const card = async (name: string): Promise<HTMLElement> => {
  const shown = await screen.findByRole('region', { name: 'Candidate' })
  await waitFor(() => expect(within(shown).getByRole('table', { name: /side by side/ }).textContent).toContain(name))
  return shown
}
const said = (text: RegExp): Promise<HTMLElement> => screen.findByText(text, { selector: '.answer-bar__last' })
const waiting = (): string =>
  within(screen.getByRole('group', { name: 'Question' })).getByRole('button', { name: /^People/ }).textContent ?? ''

test('a card shows both records, the evidence from the prior, and what joining would do', async () => {
  openApp('#/identity')
  const shown = await card('Ana Silva')
  const bars = within(shown).getByRole('table', { name: 'How the evidence adds up' })
  expect(
    within(bars)
      .getAllByRole('row')
      .map(row => row.textContent),
  ).toEqual([
    expect.stringContaining('Bits'),
    'Any two records−6.94',
    'Name initial and last name Ana Silva+9.25',
    'Membership one workspace of 12 Tarnbrook+6.50',
    'Email different−2.12',
    'Evidence+6.69',
  ])
  expect(within(shown).getByText(/2 workspaces become 1 unit/)).toBeTruthy()
  expect(within(shown).getByText('about 99 % likely')).toBeTruthy()
  const after = within(shown).getByRole('table', { name: 'After' })
  expect(after.textContent).toContain('82.4')
})

test('where very much is touched, the card says what, how far it is, and then what the answer would do', async () => {
  const { client, user } = openApp('#/identity')
  const asked: { signal: AbortSignal | undefined; answer: () => void }[] = []
  const sizes = 'This answer touches 132 workspaces; the highest score among them is 81.2.'
  const { 'review.card': read, 'review.impact': work } = client
  Object.assign(client, {
    'review.card': async (input: Input<'review.card'>) => {
      return { ...(await read(input)), impact: null, impactToCome: sizes }
    },
    'review.impact': (input: Input<'review.impact'>, options: CallOptions & Readonly<{ signal: AbortSignal }>) => {
      options.onProgress?.({ phase: 'Judging as it is', done: 1, total: 3, unit: 'steps', subject: null })
      return new Promise(resolve => {
        asked.push({ signal: options.signal, answer: () => resolve(work(input)) })
      })
    },
  })
  const shown = await card('Ana Silva')
  expect(await within(shown).findByText(sizes, { exact: false })).toBeTruthy()
  expect((await within(shown).findByRole('progressbar', { name: 'Judging as it is' })).ariaValueNow).toBe('33')
  await user.keyboard('j')
  await card('Bruno Petrov')
  await waitFor(() => expect(asked).toHaveLength(2))
  expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true, false])
  asked[0]?.answer()
  expect(within(shown).queryByRole('table', { name: 'After' })).toBeNull()
  asked[1]?.answer()
  expect((await within(shown).findByRole('table', { name: 'After' })).textContent).toContain('82.4')
  expect(within(shown).getByText(/2 workspaces become 1 unit/)).toBeTruthy()
})

test('one key per answer: the next candidate is there at once, and Z brings the last one back', async () => {
  const { user, client } = openApp('#/identity')
  await card('Ana Silva')
  await user.keyboard('a')
  await card('Bruno Petrov')
  await said(/One: Ana Silva and A. Silva/)
  await user.keyboard('x')
  await card('Chiara Lindqvist')
  await user.keyboard('s')
  await card('Dmitri Ilic')
  await waitFor(() => expect(waiting()).toBe('People238'))
  await user.keyboard('z')
  await card('Chiara Lindqvist')
  await user.keyboard('z')
  await card('Bruno Petrov')
  await waitFor(() => expect(waiting()).toBe('People239'))
  await user.keyboard('Z')
  await waitFor(() => expect(waiting()).toBe('People238'))
  expect(client.calls.filter(name => String(name) === 'review.decide')).toHaveLength(3)
})

test('an empty question says what was answered last of its own pairs alone, with one full stop', async () => {
  const { client, user } = openApp('#/identity')
  const { 'review.card': read, 'review.queue': list } = client
  let isEmpty = false
  Object.assign(client, {
    'review.card': async (input: Input<'review.card'>) => {
      const shown = await read(input)
      const { left } = shown.candidate
      return { ...shown, candidate: { ...shown.candidate, left, right: { ...left, subtitle: 'Tarnbrook Inc.' } } }
    },
    'review.queue': async (input: Input<'review.queue'>) => {
      const found = await list(input)
      return isEmpty || input.question === 'signups' ? { ...found, matching: 0, candidates: [] } : found
    },
  })
  await card('Ana Silva')
  isEmpty = true
  await user.keyboard('a')
  const own = await screen.findByText(/One: Ana Silva \(.+\) and Ana Silva \(Tarnbrook Inc\.\)\. Z takes it back\./)
  expect(own.textContent).not.toContain('..')
  await user.click(screen.getByRole('button', { name: /^Sign-ups/ }))
  await screen.findByText(/No new user waits for an account/)
  expect(screen.queryByText(/Z takes it back/)).toBeNull()
})

test('the card of the next candidate is read before it is asked for', async () => {
  const { client } = openApp('#/identity')
  await card('Ana Silva')
  await waitFor(() => expect(client.calls.filter(name => String(name) === 'review.card')).toHaveLength(5))
})

test('an answer that contradicts earlier ones is not kept, and the chain is shown', async () => {
  const { user } = openApp('#/identity')
  await card('Ana Silva')
  await user.keyboard('jjjjjjj')
  await card('Hanna Okafor')
  await user.keyboard('a')
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('Hannasaid to be different answer 3Ivo')
  await card('Hanna Okafor')
  expect(waiting()).toBe('People240')
})

test('several are answered together after a look at samples', async () => {
  const { user } = openApp('#/identity')
  await card('Ana Silva')
  const list = screen.getByRole('grid', { name: 'Candidates' })
  list.focus()
  await user.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
  await screen.findByText('3 picked')
  await user.click(
    within(screen.getByRole('region', { name: 'Candidates' })).getByRole('button', { name: 'Same person' }),
  )
  const dialog = await screen.findByRole('dialog', { name: 'Same person: 3 candidates' })
  await within(dialog).findByText('All of them')
  await user.click(within(dialog).getByRole('button', { name: 'Answer 3 candidates' }))
  await card('Dmitri Ilic')
  await waitFor(() => expect(waiting()).toBe('People237'))
  expect(document.activeElement).toBe(screen.getByRole('grid', { name: 'Candidates' }))
  await user.keyboard('z')
  await waitFor(() => expect(waiting()).toBe('People240'))
  await said(/^Taken back: .*, and 2 more answers given together with it$/)
})

test('two workspaces: the digits choose what A says', async () => {
  const { user } = openApp('#/identity')
  await card('Ana Silva')
  await user.click(screen.getByRole('button', { name: /^Workspaces/ }))
  const shown = await card('Tarnbrook Sandbox')
  expect(within(shown).getByRole('radio', { name: /Group under one account/ })).toHaveProperty('checked', true)
  await user.keyboard('3')
  await user.click(await within(shown).findByRole('button', { name: /Environment of it/ }))
  await said(/One: Tarnbrook Sandbox and Tarnbrook/)
})

test('a note goes with the answer and is shown with it', async () => {
  const { user } = openApp('#/identity')
  await card('Ana Silva')
  await answerWithNote(user)
  await user.click(screen.getByRole('button', { name: 'Shown: To answer' }))
  await user.click(await screen.findByRole('menuitem', { name: /^Answered/, hidden: true }))
  await within(await card('Ana Silva')).findByText(/met them both/)
})

async function answerWithNote(user: UserEvent): Promise<void> {
  await user.keyboard('n')
  await user.type(await screen.findByRole('textbox', { name: 'Note, kept with the answer' }), 'met them both{Enter}')
  await user.keyboard('a')
  await said(/One: Ana Silva/)
}

test('E shows both rows as they stand', async () => {
  const { user } = openApp('#/identity')
  await card('Ana Silva')
  await user.keyboard('e')
  const rows = await screen.findByRole('table', { name: 'Both rows' })
  expect(rows.textContent).toContain('users.csv, line 412')
  expect(screen.getByText(/later files over earlier ones/)).toBeTruthy()
})

test('answers that contradict each other are listed with their chain', async () => {
  const { user } = openApp('#/identity', { isContradicting: true })
  await user.click(await screen.findByRole('button', { name: /1 answer cannot hold/ }))
  expect(screen.getByRole('list', { name: 'The chain' }).textContent).toContain('answer 15')
})

test('without records the screen says what it needs', async () => {
  openApp('#/identity', { isImported: false, isScored: false })
  await screen.findByText('There is nobody to compare yet')
})

test('the handles of the thresholds show at once what they would come to, and then who would fall apart', async () => {
  const { user } = openApp('#/identity')
  await user.click(await screen.findByRole('tab', { name: 'Thresholds' }))
  const figures = await screen.findByRole('table', { name: 'What the thresholds come to' })
  const joined = (): string => within(figures).getByRole('row', { name: /^Records joined/ }).textContent ?? ''
  expect(joined()).toBe('Records joined2,4003,100')
  const said = (name: RegExp): string =>
    (within(figures).getByRole('row', { name }).textContent ?? '').replace(/\s(?=%)/g, '')
  expect(said(/^Precision/)).toBe('Precision on the answers100%1 of 167%2 of 3')
  expect(said(/^Recall/)).toBe('Recall on the answers50%1 of 2100%2 of 2')
  screen.getByRole('slider', { name: 'Join from' }).focus()
  await user.keyboard('{PageUp}')
  expect(joined()).toBe('Records joined2,200−2003,100')
  await screen.findByText('36 groups would fall apart')
  await user.keyboard('{Home}{PageDown}')
  expect(screen.getByRole('slider', { name: 'Join from' }).getAttribute('aria-valuenow')).toBe('7')
  screen.getByRole('slider', { name: 'Ask from' }).focus()
  await user.keyboard('{ArrowLeft}{ArrowLeft}')
  await screen.findByText(/^9 groups would newly join/)
  await user.click(screen.getByRole('button', { name: 'Back to what is in force' }))
  expect(joined()).toBe('Records joined2,4003,100')
})

test('a group is shown as a graph and as a table, and its cut moves with the keys', async () => {
  const { user } = openApp('#/identity')
  await user.click(await screen.findByRole('tab', { name: 'Groups' }))
  const list = await screen.findByRole('grid', { name: 'Groups' })
  list.focus()
  await user.keyboard('{Home}')
  await screen.findByRole('heading', { name: '11 records of one person' })
  expect(screen.getByRole('img', { name: /11 records of one person, 3 refused joins/ })).toBeTruthy()
  await user.click(screen.getByRole('radio', { name: 'Table' }))
  const joins = screen.getByRole('table', { name: 'Joins of the group' })
  expect(within(joins).getAllByRole('row')).toHaveLength(14)
  await user.click(within(joins).getByText('Refused: both sides have an id of which a person has one'))
  expect(screen.getByText(/Full name equal, \+7.6 bits/)).toBeTruthy()
  screen.getByRole('slider', { name: 'Cut' }).focus()
  await user.keyboard('{ArrowRight}')
  expect(screen.getByRole('slider', { name: 'Cut' }).getAttribute('aria-valuetext')).toBe('cut +7.25, 99.3 %')
})

test('a pair to confirm again says what was answered; one of several accounts is not said to be above enough', async () => {
  const { client, user } = openApp('#/identity')
  const { 'review.card': read } = client
  Object.assign(client, {
    'review.card': async (input: Input<'review.card'>) => {
      const shown = await read(input)
      const isFirst = shown.candidate.left.title === 'Ana Silva'
      const given = { decisionNo: 4, answer: 'same', relation: null, note: null, decidedAt: Date.UTC(2026, 4, 2) }
      const candidate = isFirst
        ? { ...shown.candidate, band: 'reconfirm', decision: given }
        : { ...shown.candidate, band: 'ambiguous', bits: 9 }
      return { ...shown, candidate }
    },
  })
  const shown = await card('Ana Silva')
  expect(within(shown).getByText(/Answered 2 May 2026/).parentElement?.textContent).toBe(
    'Answered 2 May 2026: Same person. The evidence has changed since; the answer holds until you give it again or another.',
  )
  await user.keyboard('j')
  await card('Bruno Petrov')
  expect(within(shown).getByText('+9 bits')).toBeTruthy()
  expect(within(shown).queryByText(/above joining/)).toBeNull()
})

test('that nothing changes is said once', async () => {
  const { client } = openApp('#/identity')
  const { 'review.card': read } = client
  Object.assign(client, {
    'review.card': async (input: Input<'review.card'>) => {
      const impact = { sentence: 'No score changes', before: [], after: [] }
      return { ...(await read(input)), impact, impactToCome: null, handedOver: [] }
    },
  })
  const shown = await card('Ana Silva')
  expect(within(shown).getAllByText(/No score changes/)).toHaveLength(1)
  expect(within(shown).queryByText('What joining them would do')).toBeNull()
})

test('what was answered of one question is not said beside another', async () => {
  const { user } = openApp('#/identity')
  await card('Ana Silva')
  await user.keyboard('s')
  await said(/^Put off: Ana Silva/)
  await user.click(screen.getByRole('button', { name: /^Accounts/ }))
  await waitFor(() => expect(document.querySelector('.answer-bar__last')?.textContent).toBe(''))
})

test('a search that finds nothing to answer says where else there is something', async () => {
  const { user, client } = openApp('#/identity')
  await card('Ana Silva')
  const { 'review.queue': read } = client
  Object.assign(client, {
    'review.queue': async (input: Input<'review.queue'>) =>
      input.search === 'zeb' && input.bands?.includes('watch') !== true
        ? { ...(await read(input)), matching: 0, candidates: [] }
        : await read({ ...input, search: '', bands: ['review'] }),
  })
  const field = screen.getByRole('textbox', { name: 'Search the candidates' })
  await user.type(field, 'zeb')
  const show = await screen.findByRole('button', { name: /^Show \d+ among the weak ones$/ })
  expect(screen.getByText('Nothing under “To answer” fits the search')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /among those that are joined/ })).toBeNull()
  await user.click(show)
  await screen.findByRole('button', { name: 'Shown: Weak' })
})

test('every answer is in the history and can be taken back from there', async () => {
  const { user } = openApp('#/identity')
  await card('Ana Silva')
  await user.keyboard('a')
  await waitFor(() => expect(waiting()).toBe('People239'))
  await user.click(screen.getByRole('tab', { name: 'History' }))
  await user.click(await screen.findByRole('button', { name: 'Take back' }))
  await screen.findByText('Step back')
  await user.click(screen.getByRole('tab', { name: 'Review' }))
  await waitFor(() => expect(waiting()).toBe('People240'))
})

test('values that join nobody are listed with the reason', async () => {
  const { user } = openApp('#/identity')
  await user.click(await screen.findByRole('tab', { name: 'Shared values' }))
  const values = await screen.findByRole('table', { name: 'Values that join nobody' })
  expect(values.textContent).toContain('info@tarnbrook.comEmail40A shared inbox is nobody in particular')
})
