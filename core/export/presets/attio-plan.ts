import type { CrmRun } from './crm-file.ts'
import type { HandOff } from './hand-off.ts'
import { dealName } from './hubspot.ts'
import type { PresetOptions } from './preset-options.ts'
import type { Step, StepFile } from './step-file.ts'

type Call = Readonly<{ call: string; key: string } & Record<string, unknown>>

const TRIAL_LIST = 'trials'
const PQL_LIST = 'pql'

/**
 * attio_plan.jsonl: everything as calls in the order in which they are to be made, one JSON object per line.
 *
 *   search company by domain, create it if it is missing, upsert its people and user, upsert the workspace, link them, put it on
 *   the trial or the PQL list, the deal when it qualifies, the follow-up task, the milestone and hand-off notes
 *
 * Where there is no object for workspaces, nobody is made a user, and companies or people are on the lists instead.
 *
 * `ref` names what a call gives, later calls name it in `with`; `key` is stable over exports.
 *
 * @param run what all calls have in common
 * @param options where workspaces go, which stage a deal begins in
 *
 * Source: docs/methods/export.md, "Attio".
 */
export function attioPlan(run: CrmRun, options: PresetOptions): StepFile {
  return {
    name: 'attio_plan',
    ending: 'jsonl',
    title: 'Plan of calls',
    note: 'For a program that calls the Attio API line by line; it has the tasks and notes, which no import takes.',
    frame: { open: '', between: '\n', close: '\n' },
    recordsOf: step => callsOf(step, run, options).map(call => JSON.stringify(call)),
  }
}

function callsOf(step: Step, run: CrmRun, options: PresetOptions): readonly Call[] {
  return [
    ...(step.hasCompany ? companyCalls(step, run, options) : []),
    ...peopleCalls(step, options),
    ...(options.workspaceAs === 'object' ? workspaceCalls(step, run) : []),
    ...dealCalls(step, options),
    ...workCalls(step, options),
  ]
}

function companyCalls({ company }: Step, run: CrmRun, { workspaceAs }: PresetOptions): readonly Call[] {
  if (company?.domain == null) return []
  const ref = companyRef(company.accountId)
  const values = { name: company.name, domains: [company.domain], primary_location: company.country }
  const scores = {
    pqa_score: company.best.score,
    pql_stage: company.best.stage,
    pql_top_reasons: company.best.reasonLine,
    ...sequenceValue(company.best, run),
    pql_scored_at: run.asOf,
    ...(workspaceAs === 'company' ? { ...workspaceValues(company.best), pql_workspace_count: company.units } : {}),
  }
  return [
    { call: 'search_record', key: `search:${ref}`, ref, object: 'companies', by: { domains: company.domain } },
    { call: 'create_record_if_missing', key: ref, ref, object: 'companies', values },
    { call: 'update_record', key: `scores:${ref}`, with: ref, object: 'companies', values: scores },
    ...(workspaceAs === 'company' ? listCalls(company.best, ref) : []),
  ]
}

const workspaceValues = ({ unitId, name }: HandOff): Readonly<Record<string, unknown>> => ({
  pql_workspace_id: unitId,
  pql_workspace: name,
})
const sequenceValue = (
  unit: HandOff,
  { hasSequences = false, sequenceOf }: CrmRun,
): Readonly<Record<string, unknown>> => (hasSequences ? { pql_sequence: sequenceOf(unit) } : {})
const companyRef = (accountId: string): string => `company:${accountId}`
const personRef = (personId: string): string => `person:${personId}`

function peopleCalls({ newPeople }: Step, { workspaceAs }: PresetOptions): readonly Call[] {
  return newPeople.flatMap(({ personId, email, name, title, company, best }): Call[] => {
    if (email === null) return []
    const ref = personRef(personId)
    const isHere = workspaceAs === 'contact'
    const own = isHere ? workspaceValues(best) : {}
    const values = { email_addresses: [email], name, job_title: title, ...own }
    const person = { call: 'upsert_record', key: ref, ref, object: 'people', match: 'email_addresses', values }
    const user: Call[] =
      workspaceAs !== 'object'
        ? []
        : [
            {
              call: 'upsert_record',
              key: `user:${personId}`,
              ref: `user:${personId}`,
              object: 'users',
              match: 'user_id',
              values: { user_id: personId, primary_email_address: email },
              with: { person: ref },
            },
          ]
    const upserts = [person, ...user, ...(isHere ? listCalls(best, ref) : [])]
    if (company?.domain == null) return upserts
    const link = { call: 'link_record', key: `link:${ref}`, object: 'people', from: ref, attribute: 'company' }
    return [...upserts, { ...link, to: companyRef(company.byDomain.accountId) }]
  })
}

function workspaceCalls({ unit, company, people, hasWorkspace }: Step, run: CrmRun): readonly Call[] {
  if (!hasWorkspace) return []
  const ref = `workspace:${unit.unitId}`
  const values = {
    workspace_id: unit.unitId,
    name: unit.name,
    pql_score: unit.score,
    pql_stage: unit.stage,
    pql_top_reasons: unit.reasonLine,
    pql_route: unit.destination,
    ...sequenceValue(unit, run),
    pql_scored_at: run.asOf,
  }
  return [
    {
      call: 'upsert_record',
      key: ref,
      ref,
      object: 'workspaces',
      match: 'workspace_id',
      values,
      with: {
        company: company?.domain == null ? null : companyRef(company.accountId),
        users: people.filter(({ email }) => email !== null).map(({ personId }) => `user:${personId}`),
      },
    },
    ...listCalls(unit, ref),
  ]
}

/** A record on the list that its workspace belongs to; the key names the workspace where that is the record. */
function listCalls(unit: HandOff, ref: string): readonly Call[] {
  const list = listOf(unit)
  if (list === null) return []
  const key = `list:${list}:${ref.replace(/^workspace:/, '')}`
  return [{ call: 'add_to_list', key, list, with: ref }]
}

/** Who qualifies is on the PQL list, whoever tries the product on the other one. */
function listOf({ stage, isOnTrial }: HandOff): string | null {
  if (stage === 'Hot PQL' || stage === 'PQL') return PQL_LIST
  return isOnTrial ? TRIAL_LIST : null
}

function dealCalls({ unit, company, people, dealKey }: Step, { dealStage }: PresetOptions): readonly Call[] {
  const owner = unit.owner?.email ?? null
  if (dealKey === null || owner === null) return []
  const values = { name: dealName(unit, company), stage: dealStage, owner, value: null }
  const linked = { company: company?.domain == null ? null : companyRef(company.accountId), people: refsOf(people) }
  return [{ call: 'create_record', key: dealKey, ref: dealKey, object: 'deals', values, with: linked }]
}

const refsOf = (people: Step['people']): readonly string[] =>
  people.filter(({ email }) => email !== null).map(({ personId }) => personRef(personId))

function workCalls({ unit, company, people, tasks, notes }: Step, { workspaceAs }: PresetOptions): readonly Call[] {
  const persons = refsOf(people).slice(0, 1)
  const own = workspaceAs === 'object' ? [`workspace:${unit.unitId}`] : persons
  const [about] = company?.domain == null ? own : [companyRef(company.accountId)]
  const records = [...new Set([...(about === undefined ? [] : [about]), ...persons])]
  return [
    ...tasks.map(([key, { title, body, due }]) => ({
      call: 'create_task',
      key,
      content: `${title}\n\n${body}`,
      deadline: due,
      assignee: unit.owner?.email ?? null,
      records,
    })),
    // A note is about a record: without one there is no place for it.
    ...(about === undefined ? [] : notes).map(([key, { title, body }]) => ({
      call: 'create_note',
      key,
      title,
      content: body,
      record: about,
    })),
  ]
}
