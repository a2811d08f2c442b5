import { describe, expect, test } from 'vitest'
import { planTables } from '#import'
import { corpusBytes, corpusFiles, hasCorpus } from './corpus.ts'
import { readBy } from './read-plans.ts'

/** Files of the corpus that feed a table; all others there feed none. */
const CORPUS: readonly (readonly [folder: string, tables: Readonly<{ [file: string]: string }>])[] = [
  [
    'imports/hubspot',
    {
      'company_data.csv': 'accounts',
      'company_data_databricks.csv': 'accounts',
      'company_data_postgres.csv': 'accounts',
      'company_data_snowflake.csv': 'accounts',
      'contact_data.csv': 'contacts',
      'deal_data.csv': 'deals',
      'owner_data.csv': 'crm_users',
      'users_data.csv': 'crm_users',
    },
  ],
  [
    'imports/stripe',
    {
      'account_data.csv': 'accounts',
      'customer_data.csv': 'accounts',
      'subscription_data.csv': 'subscriptions',
      'subscription_history_data.csv': 'subscriptions',
    },
  ],
  ['imports/salesforce_dataloader/samples', { 'accountData.csv': 'accounts', 'opportunityData.csv': 'deals' }],
  ['imports/salesforce_dataloader/testfiles', { 'updateAccountCsvTemplate.csv': 'accounts' }],
]

describe.each(CORPUS)('%s (skipped, no corpus, where absent)', (folder, tables) => {
  const files = corpusFiles(folder).filter(name => name.endsWith('.csv'))
  test.skipIf(!hasCorpus(folder)).each(files.length === 0 ? ['no corpus'] : files)('%s', file => {
    const bytes = corpusBytes(`${folder}/${file}`)
    const options = file === 'accountData.csv' ? { encoding: 'cp1252' } : {}
    const plans = planTables({ file, head: bytes, size: bytes.length, isWhole: true, options })
    expect(plans.map(({ table }) => table)).toEqual([tables[file] ?? null])
    for (const plan of plans) {
      if (plan.table === null) expect(plan.reason).not.toBe('')
      else {
        const read = readBy(plan, bytes, options)
        expect(read.records.length).toBeGreaterThan(0)
        expect(read.held).toBe(0)
        expect(JSON.stringify(read.records)).not.toContain('\ufffd')
      }
    }
  })
})
