import { id, number, text, word } from '../column.ts'
import { ownerAddress, whyNoEmail } from './addresses.ts'
import {
  type CrmColumn,
  type CrmFile,
  type CrmPreset,
  type CrmRows,
  type CrmRun,
  ruled,
  unitColumns,
} from './crm-file.ts'
import type { CompanyHandOff, PersonHandOff } from './hand-off.ts'
import type { PresetOptions } from './preset-options.ts'

/** Source: docs/methods/export.md, "HubSpot". */
const MAX_ROWS = 1_048_576
const MAX_BYTES = 512 * 1024 * 1024
const LONGEST_TEXT = 65_536
/** Labels of the stages that every portal has. */
const LIFECYCLE_STAGES = new Set([
  'subscriber',
  'lead',
  'marketing qualified lead',
  'sales qualified lead',
  'opportunity',
  'customer',
  'evangelist',
  'other',
])

const UNIT = {
  score: 'PQL Score',
  stage: 'PQL Stage',
  reasons: 'PQL Top Reasons',
  channel: 'PQL Route',
  next: 'PQL Next Step',
  sequence: 'PQL Sequence',
  scoredAt: 'PQL Scored At',
  version: 'PQL Model Version',
} as const

const { score: _, ...COMPANY } = UNIT

/**
 * HubSpot: companies, contacts, deals and tasks, imported one after the other. Records that it knows come in files of their own with
 * their Record ID, new ones without that column.
 *
 * @param run what all rows have in common
 * @param options where workspaces go, which pipeline and stage a deal begins in
 *
 * Source: docs/methods/export.md, "HubSpot".
 */
export function hubspot(run: CrmRun, options: PresetOptions): CrmPreset {
  return {
    preset: 'hubspot',
    title: 'HubSpot',
    idOf: (_object, record) => recordIdOf(record),
    looksOwn: id => RECORD_ID.test(id),
    isMatchedByContent: true,
    isOnePerDomain: true,
    isOnePerAddress: true,
    once: ['deal', 'task'],
    companions: () => [],
    files: [
      ...companyFiles(run, options),
      ...contactFiles(run, options),
      ...(options.workspaceAs === 'object' ? [workspaceFile(run)] : []),
      dealFile(options),
      taskFile(),
    ],
  }
}

const limits = { maxRows: MAX_ROWS, maxBytes: MAX_BYTES } as const
const RECORD_ID = /^\d{1,20}$/
function recordIdOf(record: CompanyHandOff['known'][number]): string | null {
  return record.toldOf('hubspot').find(value => RECORD_ID.test(value)) ?? null
}

const recordId = <R extends Readonly<{ known: CompanyHandOff['known'] }>>(): CrmColumn<R> =>
  ruled(
    id('Record ID', ({ known }) => known.map(recordIdOf).find(value => value !== null)),
    { isRequired: true },
  )

function companyFiles(run: CrmRun, { workspaceAs }: PresetOptions): readonly CrmFile<'company'>[] {
  const columns: readonly CrmColumn<CompanyHandOff>[] = [
    ruled(
      text('Company Domain Name', ({ domain }) => domain),
      { isRequired: true },
    ),
    text('Company name', ({ name }) => name),
    ownerAddress('Company owner', 'HubSpot', ({ best }) => best),
    number('PQA Score', ({ best }) => best.score),
    number('PQL Workspace Count', ({ units }) => units),
    ...(workspaceAs === 'contact' ? [] : [id<CompanyHandOff>('PQL Top Workspace ID', ({ best }) => best.unitId)]),
    ...unitColumns<CompanyHandOff>(COMPANY, ({ best }) => best, run, LONGEST_TEXT),
  ]
  const file = { object: 'company', title: 'Companies', ...limits } as const
  return [
    {
      ...file,
      name: 'hubspot_companies',
      takes: 'create',
      columns,
      note: 'Import as companies; rows match by Company Domain Name.',
    },
    {
      ...file,
      name: 'hubspot_companies_known',
      takes: 'update',
      columns: [recordId<CompanyHandOff>(), ...columns.map(optional)],
      note: 'Import as companies with Record ID: updates those that are there.',
    },
  ]
}

function optional<R>({ isRequired: _, ...column }: CrmColumn<R>): CrmColumn<R> {
  return column
}

function contactFiles(run: CrmRun, { workspaceAs }: PresetOptions): readonly CrmFile<'person'>[] {
  const columns: readonly CrmColumn<PersonHandOff>[] = [
    ruled(
      text('Email', ({ email }) => email),
      { isRequired: true, whyEmpty: whyNoEmail },
    ),
    text('First Name', ({ firstName }) => firstName),
    text('Last Name', ({ lastName }) => lastName),
    text('Job Title', ({ title }) => title),
    ownerAddress('Contact owner', 'HubSpot', ({ best }) => best),
    text('Company name', ({ company }) => company?.byDomain.name),
    text('Company Domain Name', ({ company }) => company?.domain),
    ...unitColumns<PersonHandOff>(UNIT, ({ best }) => best, run, LONGEST_TEXT),
    ...(workspaceAs === 'contact' ? [id<PersonHandOff>('PQL Workspace ID', ({ best }) => best.unitId)] : []),
    id('Product User ID', ({ personId }) => personId),
  ]
  const stage = ruled(
    word<PersonHandOff>('Lifecycle Stage', ({ best }) => (best.isPaid ? 'Customer' : 'Lead')),
    { options: LIFECYCLE_STAGES },
  )
  const file = { object: 'person', title: 'Contacts', ...limits } as const
  return [
    {
      ...file,
      name: 'hubspot_contacts',
      takes: 'create',
      columns: [...columns, stage],
      note: 'Import as contacts and companies, one row for both; rows match by Email and Company Domain Name.',
    },
    {
      ...file,
      name: 'hubspot_contacts_known',
      takes: 'update',
      columns: [recordId<PersonHandOff>(), ...columns.map(optional)],
      note: 'Import as contacts with Record ID: updates those that are there. No lifecycle stage: it never moves back.',
    },
  ]
}

function workspaceFile(run: CrmRun): CrmFile<'workspace'> {
  type Row = CrmRows['workspace']
  return {
    name: 'hubspot_workspaces',
    object: 'workspace',
    title: 'Workspaces',
    takes: 'any',
    ...limits,
    note: 'Import as the custom object Workspace with Workspace ID as its unique property (Enterprise).',
    columns: [
      ruled(
        id<Row>('Workspace ID', ({ unit }) => unit.unitId),
        { isRequired: true },
      ),
      text<Row>('Workspace Name', ({ unit }) => unit.name),
      text<Row>('Company Domain Name', ({ company }) => company?.domain),
      ...unitColumns<Row>(UNIT, ({ unit }) => unit, run, LONGEST_TEXT),
    ],
  }
}

function dealFile({ pipeline, dealStage, dealStages }: PresetOptions): CrmFile<'deal'> {
  type Row = CrmRows['deal']
  return {
    name: 'hubspot_deals',
    object: 'deal',
    title: 'Deals',
    takes: 'create',
    ...limits,
    note: 'Import as deals after companies and contacts. The amount is empty: it is not known.',
    columns: [
      ruled(
        text<Row>('Deal Name', ({ unit, company }) => dealName(unit, company)),
        { isRequired: true },
      ),
      ruled(
        text<Row>('Pipeline', () => pipeline),
        { isRequired: true },
      ),
      ruled(
        text<Row>('Deal Stage', () => dealStage),
        { isRequired: true, options: dealStages },
      ),
      word<Row>('Amount', () => null),
      word<Row>('Close Date', () => null),
      ownerAddress<Row>('Deal owner', 'HubSpot', ({ unit }) => unit),
      text<Row>('Email', ({ person }) => person?.email),
      text<Row>('Company Domain Name', ({ company }) => company?.domain),
    ],
  }
}

/**
 * Name of the deal of a unit.
 *
 * Source: docs/methods/export.md, "Presets".
 */
export function dealName(unit: CrmRows['deal']['unit'], company: CompanyHandOff | null): string {
  const name = unit.name ?? unit.unitId
  return company?.name == null ? `${name} (PQL)` : `${company.name}: ${name} (PQL)`
}

function taskFile(): CrmFile<'task'> {
  type Row = CrmRows['task']
  return {
    name: 'hubspot_tasks',
    object: 'task',
    title: 'Tasks',
    takes: 'create',
    ...limits,
    note: 'Import as tasks once: an import cannot update tasks, a second one doubles them.',
    columns: [
      ruled(
        text<Row>('Task Title', ({ title }) => title),
        { isRequired: true, maxLength: 255 },
      ),
      ruled(
        word<Row>('Due date', ({ due }) => due),
        { isRequired: true },
      ),
      word<Row>('Task Type', () => 'TODO'),
      word<Row>('Priority', ({ isUrgent }) => (isUrgent ? 'HIGH' : 'MEDIUM')),
      word<Row>('Task Status', () => 'NOT_STARTED'),
      ruled(
        text<Row>('Notes', ({ body }) => body),
        { maxLength: LONGEST_TEXT },
      ),
      ownerAddress<Row>('Assigned to', 'HubSpot', ({ unit }) => unit),
      text<Row>('Email', ({ person }) => person?.email),
      text<Row>('Company Domain Name', ({ company }) => company?.domain),
    ],
  }
}
