import { describe, expect, test } from 'vitest'
import { KeptTexts, PRESETS, type PresetOptions } from '../../../../core/export/index.ts'
import { faultsOf } from './crm-rules.ts'
import { recordsOf, TODAY } from './delivered.ts'
import { world } from './world.ts'

describe.each(['hubspot', 'salesforce', 'attio'] as const)('%s', preset => {
  test('takes every file: headers, forms, limits and required fields', () => {
    const { files } = world()(preset)
    const tablesOnly = [...files].filter(([name]) => name.endsWith('.csv'))
    expect(tablesOnly.length).toBeGreaterThan(3)
    for (const [name, content] of tablesOnly) {
      expect(faultsOf(name, content)).toEqual([])
      expect(content.startsWith('\ufeff')).toBe(false)
      expect(recordsOf(content).length).toBeGreaterThan(0)
    }
  })

  test.each(['object', 'company', 'contact'] as const)('takes every file where workspaces go to: %s', workspaceAs => {
    for (const leadsAs of ['lead', 'contact'] as const)
      for (const [name, content] of world()(preset, { workspaceAs, leadsAs }).files)
        if (name.endsWith('.csv')) expect(faultsOf(name, content)).toEqual([])
  })

  test('a text that is longer than its field is cut and told', () => {
    const { files, findings } = world({ account: `L${'o'.repeat(300)}ng`, name: `A ${'b'.repeat(100)}` })(preset)
    for (const [name, content] of files) if (name.endsWith('.csv')) expect(faultsOf(name, content)).toEqual([])
    if (preset === 'salesforce') expect(findings.map(({ kind }) => kind)).toContain('over_limit')
  })
})

describe('what is known', () => {
  test('is updated by its id, in 18 characters, and not made again', () => {
    const { files, counts } = world()('salesforce')
    expect(recordsOf(files.get('salesforce_accounts_known.csv'))).toEqual([
      { Id: expect.stringMatching(/^0015g00000AbCdE[A-Z0-5]{3}$/), PLG_Account_Id__c: 'B' },
    ])
    expect(recordsOf(files.get('salesforce_contacts_known.csv'))).toMatchObject([
      { PLG_User_Id__c: 'u3', PQL_Score__c: '90.5' },
    ])
    expect(recordsOf(files.get('salesforce_leads.csv')).map(row => row['Email'])).toEqual([
      'ada@acme.com',
      'ahmad@acme.com',
      'only.mail@solo.dev',
    ])
    expect(counts.get('company')).toMatchObject({ create: 1, update: 1 })
  })

  test('is not asked for more than once: who is at two workspaces is one row, with the better of them', () => {
    const { files } = world()('hubspot')
    expect(recordsOf(files.get('hubspot_contacts.csv')).map(row => [row['Email'], row['PQL Score']])).toEqual([
      ['ada@acme.com', '90.5'],
      ['ahmad@acme.com', '90.5'],
      ['known@beta.com', '90.5'],
      ['only.mail@solo.dev', '90.5'],
    ])
    expect(recordsOf(files.get('hubspot_companies.csv'))[0]).toMatchObject({
      'PQL Workspace Count': '2',
      'PQL Top Workspace ID': 'w1',
    })
  })

  test('nobody who is to be left alone is made in the CRM', () => {
    const { files } = world()('hubspot')
    for (const content of files.values()) expect(content).not.toContain('cold@cold.dev')
  })
})

test('names that Salesforce wants and nobody knows are told', () => {
  const { files, findings } = world()('salesforce')
  const lead = recordsOf(files.get('salesforce_leads.csv')).find(row => row['Email'] === 'only.mail@solo.dev')
  expect(lead).toMatchObject({ LastName: 'only.mail', Company: '[Workspace w4]' })
  expect(findings.filter(({ kind }) => kind === 'placeholder')).toMatchObject([
    { key: 'u4', about: 'last name', text: 'last name only.mail, from the address' },
    { key: 'u4', about: 'company', text: 'company [Workspace w4], from the workspace' },
  ])
})

describe('the sequence of a channel', () => {
  const COLUMNS = [
    ['hubspot', 'hubspot_contacts.csv', 'PQL Sequence'],
    ['salesforce', 'salesforce_leads.csv', 'PQL_Sequence__c'],
    ['salesforce', 'salesforce_contacts_known.csv', 'PQL_Sequence__c'],
    ['attio', 'attio_people.csv', 'PQL sequence'],
    ['attio', 'attio_workspaces.csv', 'PQL sequence'],
    ['generic', 'hand_offs.csv', 'sequence'],
  ] as const

  test.each(COLUMNS)('%s: %s has it in %s', (preset, name, column) => {
    const { files } = world({ sequence: 'Trial to paid' })(preset)
    expect(recordsOf(files.get(name))[0]?.[column]).toBe('Trial to paid')
    const tables = preset === 'generic' ? [] : [...files].filter(([file]) => file.endsWith('.csv'))
    for (const [file, content] of tables) expect(faultsOf(file, content)).toEqual([])
  })

  test.each(['salesforce', 'attio'] as const)('%s gets no column for it where no rule names one', preset => {
    for (const content of world()(preset).files.values()) expect(content).not.toMatch(/sequence/i)
  })

  test('is in the plan of calls', () => {
    const { files } = world({ sequence: 'Trial to paid' })('attio')
    expect(files.get('attio_plan.jsonl')).toContain('"pql_sequence":"Trial to paid"')
  })
})

describe('what HubSpot and Attio go by', () => {
  test.each(['hubspot', 'attio'] as const)('%s: an address that is none is said as it stands', preset => {
    const told = world({ email: 'not-an-email' })(preset).findings.filter(({ key }) => key === 'u1')
    expect(told.map(({ kind, text }) => [kind, text])).toContainEqual([
      'missing_required',
      expect.stringMatching(/ is required: "not-an-email" is no address that mail can be sent to$/),
    ])
  })

  test('an owner without an address is named, with what to do', () => {
    const { findings } = world({ ownerEmail: '', ownerName: 'Kim Reyes' })('hubspot')
    const texts = findings.flatMap(({ kind, text }) => (kind === 'without_owner' ? [text] : []))
    expect(texts).toContain(
      'Company owner is empty: the address of Kim Reyes is not known; import the users of HubSpot, with their addresses, as CRM users',
    )
  })
})

describe('the owner in Salesforce', () => {
  const ownersOf = (ownerEmail?: string) => {
    const { files, findings } = world(ownerEmail === undefined ? {} : { ownerEmail })('salesforce')
    const told = findings.filter(({ kind, object }) => kind === 'without_owner' && object === 'person')
    return { owners: recordsOf(files.get('salesforce_leads.csv')).map(row => row['OwnerId']), told }
  }

  test('is the Salesforce user of the same address, where the owner has another id', () => {
    const { owners } = ownersOf()
    expect(owners[0]).toMatch(/^0055g00000OwnEr[A-Z0-5]{3}$/)
  })

  test('is never an address: a row whose owner has no id there has an empty cell, and says who that is', () => {
    const { owners, told } = ownersOf('')
    expect(owners[0]).toBe('')
    expect(told[0]?.text).toBe('OwnerId is empty: o1 has no Salesforce id; import the users of Salesforce as CRM users')
  })
})

test.each(PRESETS)('%s: texts that were kept from another CRM are those that are made anew', preset => {
  const kept = new KeptTexts()
  const deliver = world()
  for (const other of PRESETS) deliver(other, { kept })
  expect([...deliver(preset, { kept }).files]).toEqual([...deliver(preset).files])
})

test('a score of 0 is written as 0', () => {
  const { files } = world()('generic')
  expect(recordsOf(files.get('hand_offs.csv')).some(row => row['workspace_id'] === 'w5')).toBe(true)
  const json = JSON.parse(files.get('pql.json') ?? '') as readonly Readonly<{
    workspace_id: string
    pql_score: number
  }>[]
  expect(json.find(unit => unit.workspace_id === 'w5')?.pql_score).toBe(0)
})

describe('tasks and deals', () => {
  test.each(PRESETS)('%s: a second export makes none of them again, and the delta is empty', preset => {
    const deliver = world()
    const first = deliver(preset)
    const ledger = first.delivered
    const second = deliver(preset, { ledger })
    const once = new Set(['task', 'deal', 'note'])
    expect(second.delivered.filter(({ object }) => once.has(object))).toEqual([])
    expect([...deliver(preset, { ledger, delta: true }).files]).toEqual([])
    expect(deliver(preset, { ledger, again: true }).delivered).toEqual(first.delivered)
  })

  test('wait for the cool-down', () => {
    const { delivery, delivered } = world()('generic', { lastTaskDay: TODAY - 13 })
    expect(delivered.some(({ object }) => object === 'task')).toBe(false)
    expect(delivery.coolingDown).toBeGreaterThan(0)
    expect(world()('generic', { lastTaskDay: TODAY - 14 }).delivery.coolingDown).toBe(0)
  })

  test('are due the next working day', () => {
    // 20 600 is a Wednesday.
    expect(recordsOf(world()('generic').files.get('tasks.csv'))[0]?.['due']).toBe('2026-05-28')
  })
})

function planOf(workspaceAs: PresetOptions['workspaceAs']): readonly Record<string, unknown>[] {
  const { files } = world()('attio', { workspaceAs })
  const lines = (files.get('attio_plan.jsonl') ?? '').trim().split('\n')
  return lines.map(text => JSON.parse(text) as Record<string, unknown>)
}

const PLACES = ['object', 'company', 'contact'] as const
test.each(PLACES)('the plan names what it needs before it needs it, and nothing twice: %s', workspaceAs => {
  const calls = planOf(workspaceAs)
  const keys = calls.map(call => call['key'])
  expect(new Set(keys).size).toBe(keys.length)
  const given = new Set<unknown>()
  for (const call of calls) {
    const needed = [call['with'], call['from'], call['to'], call['record'], call['records']].flatMap(refsIn)
    for (const ref of needed) expect(given).toContain(ref)
    if (call['ref'] !== undefined) given.add(call['ref'])
  }
})

test('the plan goes from company to notes', () => {
  const calls = planOf('object')
  const order = [
    'search_record',
    'create_record_if_missing',
    'upsert_record',
    'link_record',
    'add_to_list',
    'create_record',
    'create_task',
    'create_note',
  ]
  const firsts = order.map(name => calls.findIndex(({ call }) => call === name))
  expect(firsts).toEqual(firsts.toSorted((a, b) => a - b))
})

test.each([
  { workspaceAs: 'company', object: 'companies', named: ['w1', 'w3'] },
  { workspaceAs: 'contact', object: 'people', named: ['w1', 'w1', 'w3', 'w4'] },
] as const)('without an object for workspaces, $object name the best of them', ({ workspaceAs, object, named }) => {
  const calls = planOf(workspaceAs)
  expect(calls.filter(call => call['object'] === 'workspaces' || call['object'] === 'users')).toEqual([])
  const values = calls.filter(call => call['object'] === object).map(call => call['values'] as Record<string, unknown>)
  const found = values.map(own => own?.['pql_workspace_id']).filter(id => id !== undefined)
  expect(found).toEqual(named)
  const lists = calls.filter(({ call }) => call === 'add_to_list').map(call => String(call['with']).split(':')[0])
  expect(new Set(lists)).toEqual(new Set([workspaceAs === 'company' ? 'company' : 'person']))
  const files = world()('attio', { workspaceAs }).files
  const rows = recordsOf(files.get(`attio_${object}.csv`))
  expect(rows.map(row => row['PQL workspace ID'])).toEqual(named)
})

function refsIn(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return value
  return typeof value === 'object' ? Object.values(value).flatMap(refsIn) : [value]
}
