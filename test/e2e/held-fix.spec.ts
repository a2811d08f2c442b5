import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { clean } from './support/clean.ts'
import { enter, takeOption } from './support/keys.ts'
import { drop } from './support/steps.ts'
import { expect, test } from './support/test.ts'

const GOOD = Array.from({ length: 120 }, (_, i) => `g${i},Good ${i},05/13/2026,yes\n`).join('')
const USERS = `user_id,name,created_at,is_workspace_admin
${GOOD}u1,Ana,31/12/2026,yes
u2,Ben,30/12/2026,perhaps
u3,Cleo,soon,yes
u4,Dan,later,yes
u5,"Eve" Young,05/01/2026,no
`

const folder = mkdtempSync(join(tmpdir(), 'pql-held-'))
const project = join(folder, 'held.pql')

const PQL = join(import.meta.dirname, '../../cli/bin.js')

test.beforeEach(() => {
  mkdirSync(folder, { recursive: true }) // gone where tests ran in this process before
  rmSync(project, { force: true })
  writeFileSync(join(folder, 'users.csv'), USERS)
  execFileSync(process.execPath, [PQL, 'import', 'users.csv', '--project', project], { cwd: folder, stdio: 'pipe' })
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))
test.use({ startProject: project })

async function openHeld(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Import' }).click()
  await page.getByRole('tab', { name: /Held rows/ }).click()
  await page.getByRole('grid', { name: 'Held rows' }).waitFor()
}

const rules = (page: Page) => page.getByRole('navigation', { name: 'Held rows by rule' })

test('rows are fixed once per rule, edited in place and left out, by keyboard alone', async ({
  workbench: { page },
}) => {
  await openHeld(page)
  const rule = (name: RegExp) => rules(page).getByRole('button', { name })
  await enter(rule(/A date that does not exist/))
  // The first reading that any row fits is offered; the other row fails by another rule then.
  await expect(page.getByRole('form')).toContainText('1 of 2 rows would load')
  await expect(page.getByRole('form')).toContainText('1 still held: 1 neither yes nor no in is_workspace_admin')
  await enter(page.getByRole('button', { name: 'Load 1 row' }))
  await expect(page.getByRole('alert').getByText('1 row loaded')).toBeVisible()
  await expect(rule(/Neither yes nor no/)).toBeVisible()

  await enter(rule(/Not a time/))
  const grid = page.getByRole('grid', { name: 'Held rows' })
  await expect(grid.getByRole('gridcell', { name: 'soon' })).toBeVisible()
  await grid.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('tomorrow')
  await page.keyboard.press('Escape')
  await expect(grid.getByRole('gridcell', { name: 'soon' })).toBeVisible()
  await page.keyboard.type('2026-05-02')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('status').filter({ hasText: '1 row edited' })).toContainText('1 would load')
  await page.keyboard.press('Control+Enter')
  await expect(grid.getByRole('gridcell', { name: 'soon' })).toHaveCount(0)
  await expect(rule(/Not a time/)).toContainText('1')

  await page.getByRole('combobox', { name: 'What to do with all of them' }).press('ArrowDown')
  await takeOption(page.getByRole('option', { name: 'Leave the rows out' }))
  await enter(page.getByRole('button', { name: 'Leave out 1 row' }))
  await expect(rules(page).getByRole('heading', { name: 'Left out' })).toBeVisible()
  await enter(page.getByRole('alert').filter({ hasText: '1 row left out' }).getByRole('button', { name: 'Undo' }))
  await expect(rules(page).getByRole('heading', { name: 'Left out' })).toHaveCount(0)
})

test('a fix is undone, and its rows are held again', async ({ workbench: { page } }) => {
  await openHeld(page)
  await rules(page)
    .getByRole('button', { name: /Text behind a closing quote/ })
    .click()
  await page.getByRole('button', { name: 'Load 1 row' }).click()
  await expect(rules(page).getByRole('button', { name: /Text behind/ })).toHaveCount(0)
  await page.getByRole('alert').getByRole('button', { name: 'Undo' }).click()
  await expect(rules(page).getByRole('button', { name: /Text behind/ })).toBeVisible()
})

test('a corrected file that is dropped loads what was corrected, after saying so', async ({ workbench: { page } }) => {
  await openHeld(page)
  await drop(page, {
    'corrected.csv':
      'user_id,name,created_at,is_workspace_admin,_error_file,_error_line,_error_column,_error_value,_error_code,_error_message\r\n' +
      'u1,Ana,2026-12-31,yes,users.csv,122,created_at,31/12/2026,value/impossible-date,\r\n' +
      'u3,Cleo,soon,yes,users.csv,124,created_at,soon,value/not-a-time,\r\n',
  })
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('2 rows read. 1 would load')
  await expect(dialog).toContainText('1 they stay held')
  await dialog.getByRole('button', { name: 'Load 1 row' }).click()
  await expect(page.getByRole('alert').getByText('1 row loaded')).toBeVisible()
  await expect(rules(page).getByRole('button', { name: /A date that does not exist/ })).toContainText('1')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme })

    test('the rules, a fix, an edit and the left-out rows have no violation', async ({ workbench: { page } }) => {
      await openHeld(page)
      await page.getByRole('form').getByText('would load').waitFor()
      await clean(page, 'a fix')
      const grid = page.getByRole('grid', { name: 'Held rows' })
      await grid.focus()
      await page.keyboard.type('x')
      await page.keyboard.press('Enter')
      await page.getByRole('status').filter({ hasText: 'edited' }).getByText('still held').waitFor()
      await page.keyboard.press('Enter')
      await clean(page, 'an edit')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Discard edits' }).click()
      await page.getByRole('combobox', { name: 'What to do with all of them' }).click()
      await page.getByRole('option', { name: 'Leave the rows out' }).click()
      await page.getByRole('button', { name: /^Leave out/ }).click()
      await rules(page).getByRole('heading', { name: 'Left out' }).waitFor()
      await clean(page, 'left out')
    })
  })
}
