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
import { dealName } from './hubspot.ts'
import type { PresetOptions, WorkspaceAs } from './preset-options.ts'

/** Source: docs/methods/export.md, "Attio". */
const LIMITS = { maxRows: 100_000, maxBytes: 100 * 1024 * 1024 } as const
const LONGEST_TEXT = 65_536
/** Values of one cell. */
const SEPARATOR = ', '
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const UNIT = {
  score: 'PQL score',
  stage: 'PQL stage',
  reasons: 'PQL top reasons',
  channel: 'PQL route',
  scoredAt: 'PQL scored at',
} as const

/** An attribute that not every workspace of Attio has is asked for where there is something to write. */
const namesOf = ({ hasSequences = false }: CrmRun) => (hasSequences ? { ...UNIT, sequence: 'PQL sequence' } : UNIT)

/**
 * Attio: companies, people, workspaces, users and deals, in this order; each upserts by the unique attribute in its first column, but
 * deals, of which an import always makes new ones. Tasks and notes are in the plan (JSON Lines) alone: no import takes them. Where
 * there is no object for workspaces, there is none for users either: the best workspace is named on companies or on people.
 *
 * @param run what all rows have in common
 * @param options where workspaces go, which stage a deal begins in
 *
 * Source: docs/methods/export.md, "Attio".
 */
export function attio(run: CrmRun, options: PresetOptions): CrmPreset {
  return {
    preset: 'attio',
    title: 'Attio',
    idOf: (_object, record) =>
      record
        .toldOf('attio')
        .find(value => UUID.test(value))
        ?.toLowerCase() ?? null,
    looksOwn: id => UUID.test(id),
    isMatchedByContent: true,
    isOnePerDomain: true,
    isOnePerAddress: true,
    once: ['deal', 'task', 'note'],
    files: [
      companyFile(run, options.workspaceAs),
      peopleFile(run, options.workspaceAs),
      ...(options.workspaceAs === 'object' ? [workspaceFile(run), userFile()] : []),
      dealFile(options),
    ],
    companions: () => [],
  }
}

/** The best workspace of a record, where the CRM has no object for workspaces. */
function workspaceColumns<Row extends CrmRows['company'] | CrmRows['person']>(): readonly CrmColumn<Row>[] {
  return [id<Row>('PQL workspace ID', ({ best }) => best.unitId), text<Row>('PQL workspace', ({ best }) => best.name)]
}

function companyFile(run: CrmRun, workspaceAs: WorkspaceAs): CrmFile<'company'> {
  type Row = CrmRows['company']
  const isHere = workspaceAs === 'company'
  return {
    name: 'attio_companies',
    object: 'company',
    title: 'Companies',
    takes: 'any',
    ...LIMITS,
    note: 'Import into Companies, mapped by Domains.',
    columns: [
      ruled(
        text<Row>('Domains', ({ domain }) => domain),
        { isRequired: true },
      ),
      text<Row>('Name', ({ name }) => name),
      text<Row>('Primary location', ({ country }) => country),
      ...unitColumns<Row>({ ...namesOf(run), score: 'PQA score' }, ({ best }) => best, run, LONGEST_TEXT),
      ...(isHere ? [...workspaceColumns<Row>(), number<Row>('PQL workspace count', ({ units }) => units)] : []),
    ],
  }
}

function peopleFile(run: CrmRun, workspaceAs: WorkspaceAs): CrmFile<'person'> {
  type Row = CrmRows['person']
  return {
    name: 'attio_people',
    object: 'person',
    title: 'People',
    takes: 'any',
    ...LIMITS,
    note: 'Import into People, mapped by Email addresses; Company domain is mapped to Company > Domains.',
    columns: [
      ruled(
        text<Row>('Email addresses', ({ email }) => email),
        { isRequired: true, whyEmpty: whyNoEmail },
      ),
      text<Row>('Person name', ({ name }) => name),
      text<Row>('Job title', ({ title }) => title),
      text<Row>('Company domain', ({ company }) => company?.domain),
      ...unitColumns<Row>(namesOf(run), ({ best }) => best, run, LONGEST_TEXT),
      ...(workspaceAs === 'contact' ? workspaceColumns<Row>() : []),
    ],
  }
}

function workspaceFile(run: CrmRun): CrmFile<'workspace'> {
  type Row = CrmRows['workspace']
  return {
    name: 'attio_workspaces',
    object: 'workspace',
    title: 'Workspaces',
    takes: 'any',
    ...LIMITS,
    note: 'Import into Workspaces, mapped by Workspace ID; Company domain is mapped to Company > Domains.',
    columns: [
      ruled(
        id<Row>('Workspace ID', ({ unit }) => unit.unitId),
        { isRequired: true },
      ),
      text<Row>('Name', ({ unit }) => unit.name),
      text<Row>('Company domain', ({ company }) => company?.domain),
      ...unitColumns<Row>(namesOf(run), ({ unit }) => unit, run, LONGEST_TEXT),
    ],
  }
}

function userFile(): CrmFile<'user'> {
  type Row = CrmRows['user']
  return {
    name: 'attio_users',
    object: 'user',
    title: 'Users',
    takes: 'any',
    ...LIMITS,
    note: 'Import into Users, mapped by User ID, after people and workspaces.',
    refuses: ({ unitIds }) =>
      unitIds.some(unitId => unitId.includes(','))
        ? 'a workspace id with a comma cannot stand in a cell of several'
        : null,
    columns: [
      ruled(
        id<Row>('User ID', ({ personId }) => personId),
        { isRequired: true },
      ),
      ruled(
        text<Row>('Primary email address', ({ email }) => email),
        { isRequired: true, whyEmpty: whyNoEmail },
      ),
      text<Row>('Person email address', ({ email }) => email),
      id<Row>('Workspace IDs', ({ unitIds }) => unitIds.join(SEPARATOR)),
    ],
  }
}

function dealFile({ dealStage, dealStages }: PresetOptions): CrmFile<'deal'> {
  type Row = CrmRows['deal']
  return {
    name: 'attio_deals',
    object: 'deal',
    title: 'Deals',
    takes: 'create',
    ...LIMITS,
    note: 'Import into Deals once: an import always makes new ones. The value is empty: it is not known.',
    columns: [
      ruled(
        text<Row>('Deal name', ({ unit, company }) => dealName(unit, company)),
        { isRequired: true },
      ),
      ruled(
        ownerAddress<Row>('Deal owner', 'Attio', ({ unit }) => unit),
        { isRequired: true },
      ),
      ruled(
        text<Row>('Deal stage', () => dealStage),
        { isRequired: true, options: dealStages },
      ),
      word<Row>('Deal value', () => null),
      text<Row>('Associated company domain', ({ company }) => company?.domain),
      text<Row>('Associated people email addresses', ({ person }) => person?.email),
    ],
  }
}
