import type { Handlers, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { policyHash } from '#pipeline'
import { DEFAULT_POLICY, parsePolicy, stoppedBy } from '#route'
import { FACT_KINDS, FACTS, type RoutingPolicy, SUPPRESSIONS } from '#schema/policy'
import { listVersions, putInForce, type Readable, readUnit, readVersion, type Writable } from '#store'
import { type Context, demandProject } from '../context.ts'
import { policyInForce } from '../judgement.ts'
import { checkDraft, policyOfText } from '../routing-check.ts'
import { explainedUnit } from '../routing-explain.ts'
import { SUPPRESSION_WORDS } from '../routing-words.ts'
import { FACT_WORDS } from '../rule-view.ts'
import { demandRun } from './score.ts'

type Names = 'policy' | 'check' | 'save' | 'versions' | 'version' | 'revert' | 'explain'
type VersionRow = Output<'routing.versions'>['versions'][number]

const DEFAULT_HASH = policyHash(DEFAULT_POLICY)

export const routeHandlers: Pick<Handlers<Context>, `routing.${Names}`> = {
  'routing.policy': ctx => {
    const { policy, hash } = policyInForce(demandProject(ctx).project.db)
    return {
      policy,
      hash,
      isDefault: hash === DEFAULT_HASH,
      facts: FACTS.map(fact => ({
        fact,
        title: FACT_WORDS[fact],
        kind: FACT_KINDS[fact].kind,
        choices: [...FACT_KINDS[fact].choices],
      })),
      suppressions: SUPPRESSIONS.map(reason => ({
        reason,
        title: SUPPRESSION_WORDS[reason],
        stops: [...stoppedBy(reason)],
      })),
    }
  },

  'routing.check': async (ctx, { json }, call) => {
    const { db } = demandProject(ctx).project
    return await checkDraft(db, demandRun(ctx).run, { json, job: ctx.jobOf(call) })
  },

  'routing.save': (ctx, { json, expectedHash }) => {
    const { db } = demandProject(ctx).project
    const policy = policyOfText(json)
    demandInForce(db, expectedHash)
    return { name: policy.name, ...applied(db, policy, ctx.now()) }
  },

  'routing.versions': ctx => {
    const { db } = demandProject(ctx).project
    const inForce = policyInForce(db).hash
    const kept = listVersions(db, 'policy').map(({ hash, json, createdAt }) =>
      versionRow(parsePolicy(JSON.parse(json)), { hash, savedAt: createdAt, inForce }),
    )
    const isKept = kept.some(({ isDefault }) => isDefault)
    return {
      versions: isKept ? kept : [...kept, versionRow(DEFAULT_POLICY, { hash: DEFAULT_HASH, savedAt: null, inForce })],
    }
  },

  'routing.version': (ctx, { hash }) => ({ policy: demandVersion(demandProject(ctx).project.db, hash), hash }),

  'routing.revert': (ctx, { hash, expectedHash }) => {
    const { db } = demandProject(ctx).project
    const policy = demandVersion(db, hash)
    demandInForce(db, expectedHash)
    return { name: policy.name, hash: applied(db, policy, ctx.now()).hash }
  },

  'routing.explain': (ctx, { unitId, json }) => {
    const { db, run } = demandRun(ctx)
    const unit = readUnit(db, run.runId, unitId)
    if (unit === null)
      throw new AppError('score/unknown-unit', `no workspace ${unitId} in the newest scores`, { unitId })
    return explainedUnit(db, run, unit, json === undefined ? policyInForce(db).policy : policyOfText(json))
  },
}

function versionRow(
  { name, version, rules }: RoutingPolicy,
  { hash, savedAt, inForce }: Readonly<{ hash: string; savedAt: number | null; inForce: string }>,
): VersionRow {
  return {
    hash,
    name,
    version,
    rules: rules.length,
    savedAt,
    isInForce: hash === inForce,
    isDefault: hash === DEFAULT_HASH,
  }
}

function applied(db: Writable, policy: RoutingPolicy, now: number): Readonly<{ hash: string; isNew: boolean }> {
  const hash = policyHash(policy)
  const isNew = hash !== policyInForce(db).hash
  if (isNew) putInForce(db, 'policy', { hash, json: JSON.stringify(policy), createdAt: now })
  return { hash, isNew }
}

/** @throws AppError usage/overtaken */
function demandInForce(db: Readable, expected: string): void {
  const { hash } = policyInForce(db)
  if (hash === expected) return
  throw new AppError('usage/overtaken', 'the rules were changed meanwhile; open them again and repeat the change', {
    expected,
    inForce: hash,
  })
}

/** @throws AppError usage/bad-argument */
function demandVersion(db: Readable, hash: string): RoutingPolicy {
  const version = readVersion(db, 'policy', hash)
  if (version !== null) return parsePolicy(JSON.parse(version.json))
  if (hash === DEFAULT_HASH) return DEFAULT_POLICY
  throw new AppError('usage/bad-argument', `no version ${hash} of the rules is kept`, { hash })
}
