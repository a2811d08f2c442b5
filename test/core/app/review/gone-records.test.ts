import { expect, test } from 'vitest'
import { startProject } from '../support/engine.ts'
import { csv, EVENTS } from '../support/exports.ts'
import { countsOf } from './small-room.ts'

const COMPANIES = `Record ID,Company name,Company Domain Name,Industry,Company owner,Lifecycle Stage
crm_1,Quince,quince.com,RETAIL,Kim Reyes,customer
crm_2,Rhubarb,rhubarb.com,RETAIL,Kim Reyes,customer
`
const CUSTOMERS = `id,Description,Email,Name,Created (UTC),Delinquent,Card ID,Card Fingerprint,Card Address Country,Business Vat ID
cus_2,,billing@rhubarb.com,Sorrel,2026-01-05 09:58,false,card_1,fp1,DE,
`
const WORKSPACES = [
  { workspace_id: 'w1', workspace_name: 'Quince', billing_contact_email: 'ann@quince.com' },
  { workspace_id: 'w2', workspace_name: 'Quince two', billing_contact_email: 'bob@quince.com' },
]
const USERS = [{ user_id: 'u1', primary_email: 'eve@quince.com', name: 'Eve Sorrel' }]

test.each([
  { question: 'companies', a: 'crm_2', b: 'cus_2', gone: 'customers.csv' },
  { question: 'companies', a: 'crm_2', b: 'cus_2', gone: 'companies.csv' },
  { question: 'accounts', a: 'w1', b: 'crm_1', gone: 'companies.csv' },
  { question: 'accounts', a: 'w1', b: 'crm_1', gone: 'workspaces.csv' },
  { question: 'signups', a: 'u1', b: 'crm_1', gone: 'companies.csv' },
  { question: 'workspaces', a: 'w1', b: 'w2', gone: 'workspaces.csv' },
] as const)('an answer ($question) stands as it is while a record of it is gone with $gone', async case_ => {
  const { question, a, b, gone } = case_
  const engine = await startProject()
  const { client } = engine
  const files = {
    'companies.csv': COMPANIES,
    'customers.csv': CUSTOMERS,
    'users.csv': csv(USERS),
    'workspaces.csv': csv(WORKSPACES),
    'events.csv': csv(EVENTS),
  }
  const others = Object.entries(files).filter(([name]) => name !== gone)
  await client['import.run']({ sources: others.map(([name, text]) => engine.write(name, text)) })
  await client['import.run']({ sources: [engine.write(gone, files[gone])] })
  await client['review.decide']({ answers: [{ pair: { question, a, b }, answer: 'same' }] })
  expect(await countsOf(engine, question)).toMatchObject({ decided: 1, reconfirm: 0 })
  const { imports } = await client['import.list']({})
  await client['import.undo']({ importId: imports[0]?.importId ?? 0 })
  expect(await countsOf(engine, question)).toMatchObject({ decided: 1, reconfirm: 0 })
  const again = engine.write(`again-${gone}`, files[gone])
  await client['import.run']({ sources: [again] })
  expect(await countsOf(engine, question)).toMatchObject({ decided: 1, reconfirm: 0 })
})
