import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { openApp } from '../support/render-app.tsx'

const write = (name: string) => screen.findByRole<HTMLButtonElement>('button', { name: `Write ${name} files` })

test('files for a CRM are written only once a dry run with these options was seen', async () => {
  const { user, client } = openApp('#/export')
  await user.click(await screen.findByRole('tab', { name: 'CRM hand-off' }))
  await screen.findByRole('heading', { name: 'Files for HubSpot' })
  expect((await write('HubSpot')).disabled).toBe(true)
  await user.click(screen.getByRole('button', { name: 'Dry run' }))
  const records = await screen.findByRole('table', { name: 'Records by object' })
  expect(within(records).getByRole('row', { name: /^All/ }).textContent).toContain('12336')
  expect((await write('HubSpot')).disabled).toBe(false)
  await user.click(screen.getByRole('switch', { name: /Only what changed/ }))
  await screen.findByText(/figures are of other options/)
  expect((await write('HubSpot')).disabled).toBe(true)
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  await screen.findByText(/no record would be written/)
  expect(client.calls).not.toContain('export.deliver')
})

test('trouble leads to its findings, and a finding to its workspace', async () => {
  const { user } = openApp('#/export')
  await user.click(await screen.findByRole('tab', { name: 'CRM hand-off' }))
  await user.click(await screen.findByRole('button', { name: 'Dry run' }))
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
  await user.click(await screen.findByRole('radio', { name: /Attio/ }))
  await user.selectOptions(await screen.findByRole('combobox', { name: 'Fields of a workspace go to' }), 'contact')
  await user.click(screen.getByRole('button', { name: 'Dry run' }))
  await user.click(await screen.findByRole('radio', { name: 'Files 2' }))
  await screen.findByText(/Tarnbrook,contact/)
  await user.click(screen.getByRole('button', { name: /person.csv/ }))
  await screen.findByText(/ana@tarnbrook.com/)
  await user.click(await write('Attio'))
  const written = await screen.findByRole('table', { name: 'Written files' })
  expect(written.textContent).toContain('company.csv')
  await user.click(screen.getByRole('tab', { name: /History/ }))
  const history = await screen.findByRole('table', { name: 'Exports to a CRM' })
  expect(within(history).getAllByRole('row')[1]?.textContent).toContain('Attio')
})

test('where workspaces go begins with what each CRM has, and is asked only where there is a choice', async () => {
  const { user } = openApp('#/export')
  await user.click(await screen.findByRole('tab', { name: 'CRM hand-off' }))
  const place = () => screen.queryByRole<HTMLSelectElement>('combobox', { name: 'Fields of a workspace go to' })
  await screen.findByRole('heading', { name: 'Files for HubSpot' })
  expect(place()?.value).toBe('company')
  await user.click(screen.getByRole('radio', { name: /Attio/ }))
  expect(place()?.value).toBe('object')
  await user.click(screen.getByRole('radio', { name: /Salesforce/ }))
  expect(place()).toBeNull()
  await user.click(screen.getByRole('radio', { name: /HubSpot/ }))
  expect(place()?.value).toBe('company')
})

test('an error file that comes back is dropped on the screen and marks its rows', async () => {
  const { user, client } = openApp('#/export')
  await user.click(await screen.findByRole('tab', { name: 'CRM hand-off' }))
  await user.click(await screen.findByRole('button', { name: 'Dry run' }))
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
