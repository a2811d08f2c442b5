import type { ExportUnit, PresetId } from '../../../../core/export/index.ts'
import { resolveIdentities } from '../../../../core/identity/index.ts'
import { DEFAULT_POLICY, routeUnits } from '../../../../core/route/index.ts'
import type { ScoreLine } from '../../../../core/schema/score.ts'
import { DEFAULT_MODEL } from '../../../../core/score/index.ts'
import { tables } from '../../identity/rows.ts'
import { judged, person } from '../../route/judged.ts'
import { linksOf } from '../../route/links.ts'
import { AS_OF, CALENDAR, deliveredBy, TODAY, type Wish } from './delivered.ts'

const MILESTONE = DEFAULT_MODEL.milestones[0] as (typeof DEFAULT_MODEL.milestones)[number] // it has some

const line = (signal: string, finalPoints: number): ScoreLine => ({
  signal,
  bucket: 'intent',
  scope: 'unit',
  personId: null,
  occurrences: 2,
  firstDay: TODAY - 3,
  lastDay: TODAY,
  pointsBeforeCap: 20,
  pointsAfterCap: 20,
  pointsAfterDecay: finalPoints,
  roleFactor: 1,
  finalPoints,
})

/** Fields of the input that people type, as the first of their kind has them. */
export const TEXTS = [
  'name',
  'unit',
  'account',
  'title',
  'industry',
  'country',
  'domain',
  'email',
  'signup',
  'plan',
  'ownerName',
  'ownerEmail',
  'userId',
  'unitId',
  'accountId',
  'milestone',
  'sequence',
  'eventKind',
] as const
type Texts = Readonly<Partial<Record<(typeof TEXTS)[number], string>>>

/** Five workspaces: two hot ones of one account, one of an account that the CRM has twice, one on its own, one that sleeps. */
export function world(texts: Texts = {}) {
  const { userId = 'u1', unitId = 'w1', accountId = 'A' } = texts
  const data = tables({
    users: [
      {
        user_id: userId,
        name: texts.name ?? 'Ada Admin',
        primary_email: texts.email ?? 'ada@acme.com',
        job_title: texts.title ?? 'VP Sales',
        signup_source: texts.signup ?? null,
      },
      { user_id: 'u2', name: '-Ahmad', primary_email: 'ahmad@acme.com', job_title: '+49 30 1234567' },
      { user_id: 'u3', name: 'Known Person', primary_email: 'known@beta.com' },
      { user_id: 'u4', primary_email: 'only.mail@solo.dev' },
      { user_id: 'u5', name: 'Cold Start', primary_email: 'cold@cold.dev' },
    ],
    workspaces: [unitId, 'w2', 'w3', 'w4', 'w5'].map(workspace_id => ({ workspace_id, plan_tier: texts.plan ?? null })),
    accounts: [
      {
        account_id: accountId,
        name: texts.account ?? 'Acme, Inc. "Ltd"',
        primary_domain: texts.domain ?? 'acme.com',
        hq_country: texts.country ?? null,
        employee_count: 1200,
        industry: texts.industry ?? 'Software',
        current_owner: 'o1',
      },
      { account_id: 'B', name: 'Beta', primary_domain: 'beta.com', crm_id: '0015g00000AbCdE' },
    ],
    contacts: [{ contact_id: '0035g00000XyZab', user_id: 'u3' }],
    crm_users: [
      {
        owner_id: '0055g00000OwnEr',
        email: texts.ownerEmail ?? 'o1@us.com',
        name: texts.ownerName ?? 'Olga One',
        team: 'SDR',
      },
      { owner_id: 'o1', email: texts.ownerEmail ?? 'o1@us.com', name: texts.ownerName ?? null, team: 'AE' },
    ],
  })
  const hot = (id: string, accountId: string | null, userId: string, score = 90.5) =>
    judged(id, {
      unit: {
        name: texts.unit ?? `Workspace ${id}`,
        accountId,
        workspaceIds: [id],
        fit: { points: 10, score: null, tier: 'A', source: 'given tier' },
        people: [
          person(userId, { isAdmin: true, roleFactor: 1.3 }),
          ...(id === unitId ? [person('u2', { isChampion: true })] : []),
        ],
      },
      score: { score, representativeId: userId, lines: [line('usage_limit_hit', 14.2), line('upgrade_click', 8)] },
      findings: {
        hasHighIntent30d: true,
        hasAdmin: true,
        ...(texts.milestone === undefined ? {} : { nextBestAction: { ...MILESTONE, prompt: texts.milestone } }),
      },
      rollups: { last_active_at: AS_OF - 1000, usage_limit_hits_30d: 2 },
    })
  const units = [
    hot(unitId, accountId, userId),
    hot('w2', accountId, userId, 85),
    hot('w3', 'B', 'u3'),
    hot('w4', null, 'u4'),
    judged('w5', {
      unit: { people: [person('u5', { isAdmin: true })], workspaceIds: ['w5'] },
      score: { score: 0, representativeId: 'u5' },
    }),
  ]
  const context = {
    dataset: data,
    asOf: AS_OF,
    calendar: CALENDAR,
    assignments: new Map(),
    dismissedAnomalies: new Set<string>(),
    contactLinks: linksOf(data),
  }
  const routes = routeUnits(units, DEFAULT_POLICY, context)
  const exported: ExportUnit[] = units.map((unit, i) => ({
    judged: unit,
    route: routes[i] as (typeof routes)[number],
    stageSince: AS_OF,
  }))
  const identities = resolveIdentities(data, { mode: 'explicit', eventUsers: [], activity: new Map() })
  const sequence = texts.sequence === undefined ? {} : { sequence: texts.sequence }
  const eventKind = texts.eventKind === undefined ? {} : { eventKind: texts.eventKind }
  return (preset: PresetId, wish: Wish = {}) =>
    deliveredBy(preset, exported, { data, identities, ...sequence, ...eventKind, ...wish })
}
