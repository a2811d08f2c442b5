import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../support/render-app.tsx'

const write = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name: `Write ${name} files` })

/** Tries the export, once the CRMs are there. */
async function dryRun(user: ReturnType<typeof openApp>['user']): Promise<void> {
  const button = await screen.findByRole<HTMLButtonElement>('button', { name: 'Dry run' })
  await waitFor(() => expect(button.disabled).toBe(false))
  await user.click(button)
}

/** Chooses one CRM and no other. */
async function only(user: ReturnType<typeof openApp>['user'], name: string): Promise<void> {
  const boxes = within(await screen.findByRole('group', { name: 'Written for' })).getAllByRole<HTMLInputElement>(
    'checkbox',
  )
  for (const box of boxes)
    if (box.checked !== (box.closest('label')?.textContent ?? '').startsWith(name)) await user.click(box)
}

test('files for a CRM are written only once a dry run with these options was seen', async () => {
  const { user, client } = openApp('#/export')
  await user.click(await screen.findByRole('tab', { name: 'CRM hand-off' }))
  await screen.findByRole('heading', { name: 'Files for HubSpot' })
  expect((await write('HubSpot')).disabled).toBe(true)
  await dryRun(user)
  const records = await screen.findByRole('table', { name: 'Records by object' })
  expect(within(records).getByRole('row', { name: /^All/ }).textContent).toContain('12336')
  expect((await write('HubSpot')).disabled).toBe(false)
  await user.click(screen.getByRole('switch', { name: /Only what changed/ }))
  await screen.findByText(/figures are of other options/)
  expect((await write('HubSpot')).disabled).toBe(true)
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  await screen.findByText(/no record would be written/)
  expect(client.calls).not.toContain('export.deliverEach')
})

test('trouble leads to its findings, and a finding to its workspace', async () => {
  const { user } = openApp('#/export')
  await user.click(await screen.findByRole('tab', { name: 'CRM hand-off' }))
  await dryRun(user)
  await user.click(await screen.findByRole('button', { name: 'Matched twice: 2, show them' }))
  const findings = await screen.findByRole('table', { name: 'Findings' })
  expect(within(findings).getAllByRole('row')).toHaveLength(3)
  await user.click(screen.getByRole('button', { name: /^Matched twice/ }))
  await waitFor(() => expect(within(findings).getAllByRole('row')).toHaveLength(4))
  await user.click(within(findings).getByRole('button', { name: 'u_3' }))
  expect(window.location.hash).toBe('#/scores/ws_0001')
})

test('each file is looked into before it is written; what was written is in the history', async () => {
  const { user } = openApp('#/export')
  await user.click(await screen.findByRole('tab', { name: 'CRM hand-off' }))
  await only(user, 'Attio')
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Fields of a workspace go to' }), 'contact')
  await dryRun(user)
  await user.click(await screen.findByRole('radio', { name: 'Files 3' }))
  await screen.findByText(/Tarnbrook,contact/)
  await user.click(screen.getByRole('button', { name: /person.csv/ }))
  await screen.findByText(/ana@tarnbrook.com/)
  await user.click(screen.getByRole('button', { name: /manifest.json/ }))
  await screen.findByText(/What the files were made from/)
  await user.click(await write('Attio'))
  const written = await screen.findByRole('table', { name: 'Written files' })
  expect(written.textContent).toContain('company.csv')
  await user.click(screen.getByRole('tab', { name: /History/ }))
  const history = await screen.findByRole('table', { name: 'Exports to a CRM' })
  expect(within(history).getAllByRole('row')[1]?.textContent).toContain('Attio')
})

test('several CRMs are tried in one view and written at once; one that fails is told beside those that are written', async () => {
  const { user } = openApp('#/export')
  await user.click(await screen.findByRole('tab', { name: 'CRM hand-off' }))
  await user.click(await screen.findByRole('checkbox', { name: /Salesforce/ }))
  await user.click(screen.getByRole('checkbox', { name: /Attio/ }))
  await screen.findByRole('heading', { name: 'Files for Salesforce' })
  expect(screen.getByRole('combobox', { name: 'Attio: fields of a workspace go to' })).toBeTruthy()
  await dryRun(user)
  const summary = await screen.findByRole('table', { name: 'Dry run by CRM' })
  expect(
    within(summary)
      .getAllByRole('row')
      .slice(1)
      .map(row => row.querySelector('th')?.textContent),
  ).toEqual(['HubSpot', 'Salesforce', 'Attio'])
  await user.click(within(summary).getByRole('button', { name: 'Salesforce' }))
  expect(within(summary).getByRole('button', { name: 'Salesforce' }).getAttribute('aria-pressed')).toBe('true')
  await user.click(screen.getByRole('button', { name: 'Write files for 3 CRMs' }))
  const outcomes = await screen.findByRole('list', { name: 'What became of each CRM' })
  expect(
    within(outcomes)
      .getAllByRole('listitem')
      .map(line => line.textContent),
  ).toEqual([
    'HubSpot123 records to create, 12 records to update, 1 record held',
    'Salesforcenot written: the disk is full',
    'Attio123 records to create, 12 records to update, 1 record held',
  ])
  expect(screen.getByRole('table', { name: 'Written files' }).textContent).toContain('attio/company.csv')
})

test('without a CRM there is nothing to try', async () => {
  const { user } = openApp('#/export')
  await user.click(await screen.findByRole('tab', { name: 'CRM hand-off' }))
  await user.click(await screen.findByRole('checkbox', { name: /HubSpot/ }))
  await screen.findByText('No CRM is chosen')
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Dry run' }).disabled).toBe(true)
})

test('where workspaces go begins with what each CRM has, and is asked only where there is a choice', async () => {
  const { user } = openApp('#/export')
  await user.click(await screen.findByRole('tab', { name: 'CRM hand-off' }))
  const place = () => screen.queryByRole<HTMLSelectElement>('combobox', { name: 'Fields of a workspace go to' })
  await screen.findByRole('heading', { name: 'Files for HubSpot' })
  expect(place()?.value).toBe('company')
  await only(user, 'Attio')
  expect(place()?.value).toBe('object')
  await only(user, 'Salesforce')
  expect(place()).toBeNull()
  await only(user, 'HubSpot')
  expect(place()?.value).toBe('company')
})

test('an error file that comes back is dropped on the screen and marks its rows', async () => {
  const { user, client } = openApp('#/export')
  await user.click(await screen.findByRole('tab', { name: 'CRM hand-off' }))
  await dryRun(user)
  await screen.findByRole('table', { name: 'Records by object' })
  await user.click(await write('HubSpot'))
  await screen.findByRole('table', { name: 'Written files' })
  await user.click(screen.getByRole('tab', { name: /History/ }))
  await screen.findByRole('table', { name: 'Exports to a CRM' })
  const file = new File(['Email,Error'], 'errors.csv')
  const dataTransfer = { types: ['Files'], files: [file], items: [] }
  fireEvent.drop(document.body, { dataTransfer })
  const sent = await screen.findByRole('table', { name: 'Rows that were sent back' })
  expect(sent.textContent).toContain('u_3EMAIL_INVALID')
  await waitFor(() =>
    expect(screen.getByRole('table', { name: 'Exports to a CRM' }).textContent).toContain('HubSpot31 May 20261351'),
  )
  expect(client.calls).not.toContain('import.inspect')
})
