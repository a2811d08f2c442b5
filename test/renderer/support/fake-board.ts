import type { Client, Input, Output } from '#contract/contract'
import type { FileMapping, MappedField } from '#schema/mapping'
import { TABLES, type TableName } from '#schema/tables'

export type Plan = Output<'import.inspect'>['files'][number]
export type Proof = Output<'import.prove'>
type FieldProof = Proof['tables'][number]['fields'][number]

type Parts = Readonly<{ file: string; table: TableName | null; columns: Plan['columns']; reason: string }>

/** A file as it is recognised by its headers. */
export function fakePlan({ file, table, columns, reason }: Parts): Plan {
  const plan: Plan = {
    source: `token-${file}`,
    file,
    bytes: 182_000 + file.length * 4_711,
    format: file.includes('json') ? 'jsonl' : file.endsWith('.pdf') ? 'unknown' : 'csv',
    delimiter: file.endsWith('.csv') ? ',' : null,
    encoding: 'utf-8',
    compression: file.endsWith('.gz') ? 'gzip' : 'none',
    table,
    reason,
    columns,
    sample: [],
    signature: `signature-${file}`,
    recognition: {
      by: table === null ? 'none' : 'headers',
      score: table === null ? 0 : 0.9,
      matched: [],
      missing: [],
      doubts: [],
      runnerUp: table === null ? { name: 'contacts', score: 0.2, missing: ['contact_id'] } : null,
    },
  }
  if (table === null) return plan
  const fields = columns.flatMap(({ header, column }) => (column === null ? [] : [fieldFrom(column, header)]))
  return { ...plan, tables: [table], mapping: { source: file, headers: [], tables: [{ table, fields }] } }
}

export const fieldFrom = (field: string, ...from: string[]): MappedField => ({ field, from, combine: 'first' })

/** A deals export with everything that a column can ask or lack. */
export const doubtfulPlan: Plan = fakePlan({
  file: 'deals.csv',
  table: 'deals',
  reason: '6 of 7 columns belong to deals',
  columns: [
    { header: 'deal_id', column: 'deal_id', match: 'exact', type: 'id', samples: ['d1', 'd2'] },
    { header: 'status', column: 'status', match: 'exact', type: 'enum', samples: ['Open', 'Paused'] },
    { header: 'value', column: 'amount', match: 'synonym', type: 'money', samples: ['1,234', '2,345'] },
    { header: 'created', column: 'created_at', match: 'synonym', type: 'moment', samples: ['03/04/2026'] },
    { header: 'closed', column: 'closed_at', match: 'synonym', type: 'moment', samples: ['05/06/2026'] },
    { header: 'Customer', column: null, match: 'custom', type: 'text', samples: ['a1', 'a2'] },
    { header: 'api_token', column: null, match: 'secret', type: 'text', samples: [] },
  ],
})

const asksFor = (field: string): Readonly<{ setting: 'dateOrder' | 'decimal'; answers: string[]; example: string }> =>
  field === 'amount'
    ? { setting: 'decimal', answers: ['.', ','], example: '1,234' }
    : { setting: 'dateOrder', answers: ['dmy', 'mdy'], example: '03/04/2026' }

/** What reading to the end would prove: of the doubtful file the questions that its mapping does not answer. */
export function fakeProof(plan: Plan, given?: FileMapping): Proof {
  const mapping = given ?? plan.mapping ?? null
  const isDoubtful = plan.file === doubtfulPlan.file
  const tables = (mapping?.tables ?? []).map(({ table, fields }): Proof['tables'][number] => {
    const open = fields.filter(
      ({ field, dateOrder, decimal }) =>
        isDoubtful && ['amount', 'created_at', 'closed_at'].includes(field) && (dateOrder ?? decimal) === undefined,
    )
    return {
      table,
      read: 1204,
      readable: isDoubtful ? 1192 : 1204,
      held: isDoubtful ? 12 : 0,
      skipped: 0,
      fields: fields.map(field => fieldProof(plan, table, field, isDoubtful)),
      faults: [],
      questions: open.map(({ field }) => ({
        field,
        flag: field === 'amount' ? '--decimal' : '--date-order',
        counts: [824, 0],
        both: 380,
        ...asksFor(field),
      })),
      notes: [],
    }
  })
  return { plan, tables, mapping }
}

function fieldProof(plan: Plan, table: TableName, { field, from }: MappedField, isDoubtful: boolean): FieldProof {
  const known: Readonly<Record<string, { type: string; required?: true }>> = TABLES[table].columns
  const isDamaged = isDoubtful && field === 'deal_id'
  return {
    field,
    type: known[field]?.type ?? 'text',
    isRequired: known[field]?.required === true,
    from: from.map(source => (typeof source === 'string' ? source : source.path)),
    filled: 1204,
    missing: 0,
    faults: isDamaged
      ? [
          {
            code: 'value/rounded-number',
            count: 12,
            lines: [4, 9, 13],
            values: ['1.23E+10'],
            message: 'Export the file again and do not save it from the spreadsheet.',
          },
        ]
      : [],
    reading: null,
    counts: {},
    values:
      isDoubtful && field === 'status'
        ? [
            { value: 'Open', count: 900 },
            { value: 'Paused', count: 304 },
          ]
        : null,
    samples: plan.columns.find(({ header }) => from.includes(header))?.samples ?? [],
  }
}

/** Answers `import.prove` for the plans given. */
export function fakeProver(plans: () => readonly Plan[]): Pick<Client, 'import.prove'> {
  return {
    'import.prove': async ({ source, mapping }: Input<'import.prove'>) => {
      const plan = plans().find(each => each.source === source)
      if (plan === undefined) throw new Error(`no plan of ${source}`)
      return fakeProof(plan, mapping as FileMapping | undefined) // defaults are filled in by whoever edits
    },
  }
}
