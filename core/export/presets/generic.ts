import { id, number, tenths, text, word } from '../column.ts'
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

const LIMITS = { maxRows: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY } as const
const ANY = { takes: 'any', ...LIMITS } as const
const UNIT = {
  stage: 'pql_stage',
  reasons: 'top_reasons',
  channel: 'destination',
  next: 'next_best_action',
  sequence: 'sequence',
  scoredAt: 'scored_at',
  version: 'model',
} as const

/**
 * Plain CSV for any other system: one file per object, names in lower case, the keys of ours and of the CRM.
 *
 * @param run what all rows have in common
 *
 * Source: docs/methods/export.md, "Generic".
 */
export function generic(run: CrmRun): CrmPreset {
  return {
    preset: 'generic',
    title: 'CSV and JSON',
    idOf: (_object, { crmId }) => crmId,
    looksOwn: () => false,
    isMatchedByContent: false,
    isOnePerDomain: false,
    isOnePerAddress: false,
    once: ['deal', 'task', 'note'],
    files: [
      companyFile(run),
      peopleFile(run),
      workspaceFile(run),
      dealFile(run),
      taskFile(),
      noteFile(),
      handOffFile(run),
    ],
    companions: () => [],
  }
}

/** The id by which the CRM knows a record. */
function crmId<Row extends CrmRows['company'] | CrmRows['person']>(): CrmColumn<Row> {
  return id<Row>('crm_id', ({ known }) => known.find(record => record.crmId !== null)?.crmId)
}

/** The owner of the workspace that speaks for a record. */
function ownerOfBest<Row extends CrmRows['company'] | CrmRows['person']>(name: string): CrmColumn<Row> {
  return ruled(
    text<Row>(name, ({ best }) => best.owner?.email ?? best.owner?.id),
    { isOwner: true },
  )
}

function companyFile(run: CrmRun): CrmFile<'company'> {
  type Row = CrmRows['company']
  return {
    name: 'companies',
    object: 'company',
    title: 'Companies',
    note: 'One row per account; crm_id where the CRM knows it.',
    ...ANY,
    columns: [
      ruled(
        id<Row>('account_id', ({ accountId }) => accountId),
        { isRequired: true },
      ),
      crmId<Row>(),
      text<Row>('name', ({ name }) => name),
      text<Row>('primary_domain', ({ website }) => website),
      text<Row>('industry', ({ industry }) => industry),
      text<Row>('hq_country', ({ country }) => country),
      number<Row>('employee_count', ({ employees }) => employees),
      ownerOfBest<Row>('current_owner'),
      tenths<Row>('pqa_score', ({ best }) => best.score),
      number<Row>('workspaces', ({ units }) => units),
      id<Row>('top_workspace_id', ({ best }) => best.unitId),
      ...unitColumns<Row>(UNIT, ({ best }) => best, run, Number.POSITIVE_INFINITY),
    ],
  }
}

function peopleFile(run: CrmRun): CrmFile<'person'> {
  type Row = CrmRows['person']
  return {
    name: 'people',
    object: 'person',
    title: 'People',
    note: 'One row per person to be addressed; crm_id where the CRM knows it.',
    ...ANY,
    columns: [
      ruled(
        id<Row>('person_id', ({ personId }) => personId),
        { isRequired: true },
      ),
      crmId<Row>(),
      text<Row>('email', ({ email }) => email),
      text<Row>('name', ({ name }) => name),
      text<Row>('job_title', ({ title }) => title),
      word<Row>('part', ({ part }) => part),
      id<Row>('account_id', ({ company }) => company?.accountId),
      id<Row>('workspace_ids', ({ unitIds }) => unitIds.join(';')),
      ownerOfBest<Row>('owner'),
      tenths<Row>('pql_score', ({ best }) => best.score),
      ...unitColumns<Row>(UNIT, ({ best }) => best, run, Number.POSITIVE_INFINITY),
    ],
  }
}

function workspaceFile(run: CrmRun): CrmFile<'workspace'> {
  type Row = CrmRows['workspace']
  return {
    name: 'workspaces',
    object: 'workspace',
    title: 'Workspaces',
    note: 'One row per workspace.',
    ...ANY,
    columns: [
      ruled(
        id<Row>('workspace_id', ({ unit }) => unit.unitId),
        { isRequired: true },
      ),
      text<Row>('workspace_name', ({ unit }) => unit.name),
      id<Row>('account_id', ({ unit }) => unit.accountId),
      word<Row>('channels', ({ unit }) => unit.channels.join(';')),
      text<Row>('owner_team', ({ unit }) => unit.ownerTeam),
      ruled(
        text<Row>('owner', ({ unit }) => unit.owner?.email ?? unit.owner?.id),
        { isOwner: true },
      ),
      text<Row>('rule', ({ unit }) => unit.ruleId),
      text<Row>('plan_tier', ({ unit }) => unit.plan),
      tenths<Row>('pql_score', ({ unit }) => unit.score),
      ...unitColumns<Row>(UNIT, ({ unit }) => unit, run, Number.POSITIVE_INFINITY),
    ],
  }
}

function dealFile(run: CrmRun): CrmFile<'deal'> {
  type Row = CrmRows['deal']
  return {
    name: 'deals',
    object: 'deal',
    title: 'Deals',
    note: 'One row per workspace that qualifies; the amount is empty: it is not known.',
    ...ANY,
    columns: [
      ruled(
        id<Row>('deal_key', ({ unit }) => dealKey(unit.unitId)),
        { isRequired: true },
      ),
      text<Row>('name', ({ unit, company }) => dealName(unit, company)),
      id<Row>('workspace_id', ({ unit }) => unit.unitId),
      id<Row>('account_id', ({ unit }) => unit.accountId),
      id<Row>('person_id', ({ person }) => person?.personId),
      ruled(
        text<Row>('owner', ({ unit }) => unit.owner?.email ?? unit.owner?.id),
        { isOwner: true },
      ),
      word<Row>('amount', () => null),
      ruled(
        word<Row>('created_at', () => run.asOf),
        { isVolatile: true },
      ),
    ],
  }
}

/**
 * The stable key of a unit's deal.
 *
 * Source: docs/methods/export.md, "Keys".
 */
export function dealKey(unitId: string): string {
  return `pql-deal:${unitId}`
}

function taskFile(): CrmFile<'task'> {
  type Row = CrmRows['task']
  return {
    name: 'tasks',
    object: 'task',
    title: 'Tasks',
    note: 'One row per workspace and channel that somebody has to do something for.',
    ...ANY,
    columns: [
      ruled(
        id<Row>('workspace_id', ({ unit }) => unit.unitId),
        { isRequired: true },
      ),
      word<Row>('channel', ({ channel }) => channel),
      text<Row>('title', ({ title }) => title),
      word<Row>('due', ({ due }) => due),
      word<Row>('priority', ({ isUrgent }) => (isUrgent ? 'high' : 'normal')),
      text<Row>('email', ({ person }) => person?.email),
      id<Row>('account_id', ({ unit }) => unit.accountId),
      ruled(
        text<Row>('owner', ({ unit }) => unit.owner?.email ?? unit.owner?.id),
        { isOwner: true },
      ),
      text<Row>('body', ({ body }) => body),
    ],
  }
}

function noteFile(): CrmFile<'note'> {
  type Row = CrmRows['note']
  return {
    name: 'notes',
    object: 'note',
    title: 'Notes',
    note: 'Milestones and hand-off of each workspace that somebody takes over.',
    ...ANY,
    columns: [
      ruled(
        id<Row>('workspace_id', ({ unit }) => unit.unitId),
        { isRequired: true },
      ),
      word<Row>('kind', ({ kind }) => kind),
      text<Row>('title', ({ title }) => title),
      text<Row>('body', ({ body }) => body),
    ],
  }
}

function handOffFile(run: CrmRun): CrmFile<'hand_off'> {
  type Row = CrmRows['hand_off']
  return {
    name: 'hand_offs',
    object: 'hand_off',
    title: 'Hand-offs',
    note: 'What each channel gets: task, email, prompt or note, with its sequence.',
    ...ANY,
    columns: [
      ruled(
        id<Row>('workspace_id', ({ unit }) => unit.unitId),
        { isRequired: true },
      ),
      word<Row>('channel', ({ channel }) => channel),
      text<Row>('sequence', ({ unit }) => run.sequenceOf(unit)),
      text<Row>('email', ({ person }) => person?.email),
      text<Row>('title', ({ title }) => title),
      word<Row>('due', ({ due }) => due),
      text<Row>('body', ({ body }) => body),
    ],
  }
}
