import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { clean } from './support/clean.ts'
import { takeOption } from './support/keys.ts'
import { drop, openSample } from './support/steps.ts'
import { expect, test } from './support/test.ts'

const fixture = (path: string): Buffer => readFileSync(join(import.meta.dirname, '../../fixtures', path))

/** Eight files as analysts have them: own headers, both date orders, a preset, another encoding, exact names. */
const EIGHT: Readonly<Record<string, Buffer>> = {
  'people.csv': Buffer.from(
    'Person,E-Mail,Joined on\nu1,ada@northwind.example,2026-05-01\nu2,bo@fabrikam.example,2026-05-02\n',
  ),
  'teams.csv': Buffer.from('Team,Team name,Opened\nw1,Northwind,2026-05-01\nw2,Fabrikam,2026-05-02\n'),
  'log.csv': Buffer.from('What,When,Team,Who\nlogin,2026-05-20T10:00:00Z,w1,u1\nexport,2026-05-21T10:00:00Z,w2,u2\n'),
  'deals.csv': Buffer.from(
    'deal_id,status,amount,created_at,closed_at\nd1,Open,"1,234",03/04/2026,04/05/2026\nd2,Paused,"2,345",05/06/2026,06/07/2026\n',
  ),
  'subscriptions.csv': fixture('imports/stripe/subscriptions.csv'),
  'contacts.csv': fixture('imports/hubspot/contacts.csv'),
  'accounts.csv': fixture('imports/salesforce/accounts.csv'),
  'memberships.csv': Buffer.from('user_id,workspace_id,role\nu1,w1,admin\nu2,w2,member\n'),
}

test('one answer goes to all files that ask the same, and is taken back in one step', async ({
  workbench: { page },
}) => {
  await page.getByRole('button', { name: 'Open the sample' }).waitFor()
  const names = Array.from({ length: 8 }, (_, no) => `deals_2026-0${no + 1}.csv`)
  const rows = (no: number): string => `d${no}a,Open,03/04/2026\nd${no}b,Open,05/06/2026\n`
  await drop(
    page,
    Object.fromEntries(names.map((name, no) => [name, Buffer.from(`deal_id,status,created_at\n${rows(no)}`)])),
  )
  const open = page.getByText(/questions? in \d files? (is|are) open/)
  await expect(open).toHaveText('8 questions in 8 files are open.')
  await page.keyboard.press('n')
  await take(page, 'day first')
  await expect(open).toHaveText('7 questions in 7 files are open.')
  await clean(page, 'offer')
  await page.keyboard.press('a')
  await expect(open).toHaveCount(0)
  await expect(page.getByText('given to 7 other files that asked the same')).toBeVisible()
  await page.keyboard.press('u')
  await expect(open).toHaveText('7 questions in 7 files are open.')
  await page.keyboard.press('n')
  await take(page, 'month first files')
  await expect(open).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Import 8 files' })).toBeEnabled()
})

test('eight files are mapped, asked about and imported by keyboard alone', async ({ workbench: { page } }) => {
  await page.getByRole('button', { name: 'Open the sample' }).waitFor()
  await drop(page, EIGHT)
  const board = page.getByRole('treegrid', { name: 'Files and columns' })
  await expect(board).toBeFocused()
  const importAll = page.getByRole('button', { name: /^Import \d files/ })
  await expect(page.getByText(/3 files fit no table/)).toBeVisible()

  await choose(page, 'people.csv', 'users')
  await page.keyboard.press('n')
  await expectActive(page, 'needs user_id')
  await take(page, 'Person')
  await toRow(page, 'Joined on')
  await take(page, 'created at')
  await expectActive(page, 'created_at')

  await choose(page, 'teams.csv', 'workspaces')
  await page.keyboard.press('n')
  await expectActive(page, 'needs workspace_id')
  await take(page, 'Team')
  await toRow(page, 'Team name')
  await take(page, 'workspace name')
  await toRow(page, 'Opened')
  await take(page, 'created')

  await choose(page, 'log.csv', 'events')
  await page.keyboard.press('n')
  await expectActive(page, 'needs event_name')
  await take(page, 'What')
  await toRow(page, 'When')
  // its values are times: that much is proposed
  await expectActive(page, 'timestamp')
  await toRow(page, 'Team')
  await take(page, 'workspace id')
  await toRow(page, 'Who')
  await take(page, 'user id')

  await allRead(page)
  await page.keyboard.press('Home')
  await page.keyboard.press('n')
  await expectActive(page, '2 of 2 fit decimal point and decimal comma, such as 1,234')
  await take(page, 'point')
  await page.keyboard.press('n')
  await expectActive(page, 'such as 03/04/2026')
  await take(page, 'day first all')
  await page.keyboard.press('n')
  await expectActive(page, 'windows-1252')
  await take(page, 'windows')
  await expect(page.getByText(/questions? in \d files? (is|are) open/)).toHaveCount(0)

  await expect(importAll).toBeEnabled()
  await expect(importAll).toHaveText('Import 8 files')
  await page.keyboard.press('ControlOrMeta+Enter')
  const result = page.getByRole('region', { name: 'Last import' })
  await expect(result).toContainText('8 files imported')
  await expect(result).toContainText('0 held')
})

test('values of a list are mapped by keyboard, and what a spreadsheet did is named', async ({
  workbench: { page },
}) => {
  await page.getByRole('button', { name: 'Open the sample' }).waitFor()
  await drop(page, {
    'deals.csv': Buffer.from('deal_id,status,created_at\nd1,Open,2026-05-01\nd2,Paused,45321\nd3,Paused,2026-05-03\n'),
  })
  const board = page.getByRole('treegrid', { name: 'Files and columns' })
  await expect(board.getByRole('row', { name: /day number of a spreadsheet/ })).toContainText('45321')
  await toRow(page, 'status')
  await page.keyboard.press('v')
  const target = page
    .getByRole('combobox', { name: 'What Paused stands for' })
    .or(page.getByRole('textbox', { name: 'What Paused stands for' }))
  await expect(target).toBeFocused()
  await page.keyboard.press('Enter')
  await takeOption(page.getByRole('option', { name: 'won' }))
  await expect(target).toHaveValue('won')
  await page.keyboard.press('Escape')
  await expect(board).toBeFocused()
  await expect(board.getByRole('row', { name: /not one of open/ })).toHaveCount(0)

  await toRow(page, 'day number')
  await take(page, 'read as days')
  await expect(board.getByRole('row', { name: /day number/ })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Import 1 file' })).toBeEnabled()
})

test('words for yes and no are mapped with their counts, and the rows load', async ({ workbench: { page } }) => {
  await page.getByRole('button', { name: 'Open the sample' }).waitFor()
  const rows = ['Chief', 'Chief', 'Crew', 'yes', 'unsure'].map((word, no) => `u${no},${word}\n`)
  await drop(page, { 'users.csv': Buffer.from(`user_id,is_workspace_admin\n${rows.join('')}`) })
  const board = page.getByRole('treegrid', { name: 'Files and columns' })
  const fault = board.getByRole('row', { name: /4 values are neither yes nor no/ })
  await fault.getByRole('button', { name: 'Map values' }).click()
  const values = page.getByRole('table', { name: 'Values of is_workspace_admin' })
  await expect(page.getByText('3 stand for nothing known')).toBeVisible()
  await expect(values.getByRole('row').nth(1)).toHaveText(/^Chief2/)
  for (const [word, meaning] of [
    ['Chief', 'Yes'],
    ['Crew', 'No'],
    ['unsure', 'Leave empty'],
  ] as const) {
    const target = values
      .getByRole('combobox', { name: `What ${word} stands for` })
      .or(values.getByRole('textbox', { name: `What ${word} stands for` }))
    await target.click()
    await takeOption(page.getByRole('option', { name: meaning, exact: true }))
    await expect(target).toHaveValue(meaning)
  }
  await expect(fault).toHaveCount(0)
  await expect(board.getByRole('row', { name: /does not list/ })).toHaveCount(0)
  await clean(page, 'values')
  await page.getByRole('button', { name: 'Import 1 file' }).click()
  await expect(page.getByRole('region', { name: 'Last import' })).toContainText('0 held')
})

test('which column is the key is asked where another one has the ids of the other files', async ({
  workbench: { page },
}) => {
  await page.getByRole('button', { name: 'Open the sample' }).waitFor()
  const ids = [1, 2, 3, 4, 5]
  await drop(page, {
    'users.csv': Buffer.from(`id,name,external_id\n${ids.map(n => `${n},N${n},u${n}\n`).join('')}`),
    'events.csv': Buffer.from(
      `event_name,timestamp,user_id\n${ids.map(n => `login,2026-05-0${n}T00:00:00Z,u${n}\n`).join('')}`,
    ),
  })
  const board = page.getByRole('treegrid', { name: 'Files and columns' })
  const question = board.getByRole('row', { name: /5 of 5 user_id in events.csv are in external_id, 0 in id/ })
  await expect(question).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import 2 files' })).toBeDisabled()
  await clean(page, 'key')
  await page.keyboard.press('n')
  await take(page, 'use external_id')
  await expect(question).toHaveCount(0)
  await expect(board.getByRole('row', { name: /external_id/ })).toContainText('user_id')
  await expect(page.getByRole('button', { name: 'Import 2 files' })).toBeEnabled()
})

test('rows whose id comes again are opened before they count', async ({ workbench: { page } }) => {
  await page.getByRole('button', { name: 'Open the sample' }).waitFor()
  await drop(page, { 'users.csv': Buffer.from('user_id,name\nu1,Ada\nu2,Bob\nu1,Eve\n') })
  await page.getByRole('button', { name: 'Import 1 file' }).click()
  await page.getByRole('button', { name: '1 repeated rows of users.csv' }).click()
  const repeated = page.getByRole('table', { name: 'Repeated rows of users.csv' })
  await expect(repeated).toContainText('users.csv, line 4')
  await expect(repeated.getByRole('row').nth(1)).toContainText('Ada')
  await clean(page, 'repeated')
  await page.getByRole('button', { name: /^Publish/ }).click()
  await expect(page.getByRole('region', { name: 'Last import' })).toContainText('1 skipped')
})

test('a file that cannot be read says why and does not stop the others', async ({ workbench: { page } }) => {
  await page.getByRole('button', { name: 'Open the sample' }).waitFor()
  await drop(page, {
    'broken.csv.gz': Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]),
    'memberships.csv': EIGHT['memberships.csv'] ?? Buffer.from(''),
  })
  const board = page.getByRole('treegrid', { name: 'Files and columns' })
  await expect(board.getByRole('row', { name: /broken\.csv\.gz/ })).toContainText('Cannot be read')
  const confirm = page.getByRole('button', { name: 'Import 1 file' })
  await expect(confirm).toBeEnabled()
  await confirm.click()
  await expect(page.getByRole('region', { name: 'Last import' })).toContainText('broken.csv.gz (')
})

test('a newer export shows what would change, is published, and undone', async ({ workbench: { page } }) => {
  await openSample(page)
  await page.getByRole('link', { name: 'Import' }).click()
  const [head = '', first = '', second = '', ...rest] = fixture('sample/crm_users.csv').toString('utf8').split(/\r?\n/)
  const fresh = second.replace(/^[^,]*/, 'own_new')
  const changed = first.replace('@', '.new@')
  await drop(page, { 'crm_users.csv': Buffer.from([head, changed, fresh, ...rest.slice(2)].join('\n')) })
  const confirm = page.getByRole('button', { name: 'Import 1 file' })
  await expect(confirm).toBeEnabled()
  await confirm.click()

  const diff = page.getByRole('table', { name: 'Changed rows of crm_users.csv' })
  await expect(diff.getByRole('row')).toHaveCount(2)
  await expect(diff).toContainText('.new@')
  await expect(page.getByRole('status').filter({ hasText: 'Nothing is published yet' })).toContainText(
    'adds 1, changes 1',
  )
  await clean(page, 'diff')
  await page.getByRole('button', { name: 'Publish 1 file' }).click()
  await expect(page.getByRole('region', { name: 'Last import' })).toContainText('1 file imported')

  const undo = page.getByRole('button', { name: 'Undo the import of crm_users.csv' })
  await expect(undo).toHaveCount(2)
  await undo.first().click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('1 row that it added will go')
  await expect(dialog).toContainText('1 row that it changed will be as before')
  await clean(page, 'undo')
  await dialog.getByRole('button', { name: 'Undo the import' }).click()
  await expect(page.getByRole('table', { name: 'Imported files' })).toContainText('undone')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })
    test('the board and its choices have no violation', async ({ workbench: { page } }) => {
      await page.getByRole('button', { name: 'Open the sample' }).waitFor()
      await drop(page, EIGHT)
      await allRead(page)
      await clean(page, 'board')
      await expect(page.getByRole('treegrid')).toBeFocused()
      await page.keyboard.press('Enter')
      await page.getByRole('listbox').waitFor()
      await clean(page, 'tables')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('treegrid')).toBeFocused()
      await page.keyboard.press('n')
      await expectActive(page, 'such as 1,234')
      await clean(page, 'question')
    })
  })
}

/** Enter on a file, typed, Enter. */
async function choose(page: Page, file: string, table: string): Promise<void> {
  await page.keyboard.press('Home')
  await toRow(page, file)
  await take(page, table)
}

async function take(page: Page, typed: string): Promise<void> {
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox').filter({ visible: true }).last()).toBeFocused()
  await page.keyboard.type(typed)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('treegrid')).toBeFocused()
}

/** Waits until every file is read to its end: what it asks is known then, and not before. */
async function allRead(page: Page): Promise<void> {
  await expect(page.getByText(/^4 questions in 2 files are open/)).toBeVisible()
}

/** Presses J until the row in hand begins with a text. */
async function toRow(page: Page, text: string): Promise<void> {
  for (let press = 0; press < 60; press++) {
    await expect.poll(() => activeText(page)).not.toBe('')
    if ((await activeText(page)).includes(text)) return
    await page.keyboard.press('j')
  }
  throw new Error(`J does not reach ${text}`)
}

async function expectActive(page: Page, text: string): Promise<void> {
  await expect.poll(() => activeText(page)).toContain(text)
}

const activeText = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const id = document.getElementById('mapping-board')?.getAttribute('aria-activedescendant') ?? ''
    return document.getElementById(id)?.textContent ?? ''
  })
