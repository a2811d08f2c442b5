import type { Output, Parsed } from '#contract/contract'
import { AppError } from '#lib/errors'
import { policyHash } from '#pipeline'
import { DEFAULT_POLICY } from '#route'
import type { Scenario } from '#schema/scenario'
import { documentChanges, modelDocument } from '#score'
import { scenarioModel, scenarioPolicy } from '#simulate'
import {
  addDecisions,
  dataState,
  listDecisions,
  putInForce,
  type Readable,
  readVersion,
  transaction,
  type Writable,
} from '#store'
import { modelInForce, policyInForce } from '../judgement.ts'
import { applyModel, demandModel, documentChangeView } from '../model-versions.ts'
import { keyOf } from '../review/answers.ts'
import { decide, undoEntries } from '../review/decide.ts'
import { candidateOf } from '../review/queue.ts'
import { type Room, weighedPair } from '../review/room.ts'
import { answersOf, setThreshold, thresholdChange } from './imagined-identity.ts'

type Diff = Output<'scenario.diff'>
type Applied = Output<'scenario.apply'>
type At = Readonly<{ now: number; batch: string }>

/** What a scenario would change in what is in force. @param room null where the scenario gives no answers */
export function scenarioDiff(db: Writable, scenario: Scenario, room: Room | null): Diff {
  const { before, after } = judgesOf(db, scenario)
  return {
    model: documentChanges(modelDocument(before.model), modelDocument(after.model)).map(documentChangeView),
    policy: documentChanges(before.policy, after.policy).map(documentChangeView),
    identity: identityDiff(db, scenario, room),
    modelHash: before.modelHash,
    policyHash: before.policyHash,
    dataState: dataState(db),
  }
}

function identityDiff(db: Writable, { identity }: Scenario, room: Room | null): Diff['identity'] {
  const [threshold] = thresholdChange(db, identity)
  const change = threshold === undefined ? null : { before: threshold.before, after: threshold.after }
  if (room === null) return { threshold: change, answers: [], refused: [] }
  const answers = answersOf(identity)
  const { contradictions: refused } = decide(room, db, answers, { isDry: true, batch: '', now: 0 })
  const left = new Set(refused.map(({ pair }) => keyOf(pair)))
  const kept = answers.filter(({ pair }) => !left.has(keyOf(pair)))
  return {
    threshold: change,
    answers: kept.map(({ pair, answer, relation }) => {
      const { left: a, right: b } = candidateOf(room, weighedPair(room, pair))
      return { pair, answer, relation: relation ?? null, left: a.title, right: b?.title ?? pair.b }
    }),
    refused,
  }
}

/**
 * Brings a scenario into force: model and rules as new versions, answers and the threshold as decisions, all or nothing.
 *
 * @throws AppError usage/overtaken where something else is in force than was looked at
 */
export function applyScenario(db: Writable, room: Room | null, wanted: Parsed<'scenario.apply'>, at: At): Applied {
  const { scenario, modelHash, policyHash: ofPolicy, dataState: state } = wanted
  const { before, after } = judgesOf(db, scenario)
  if (before.modelHash !== modelHash || before.policyHash !== ofPolicy)
    throw new AppError('usage/overtaken', 'the model or the rules were changed meanwhile; look at the changes again')
  if (state !== undefined && state !== dataState(db))
    throw new AppError('usage/overtaken', 'data or decisions were changed meanwhile; look at the changes again')
  const { identity } = scenario
  const known = listDecisions(db).length
  const next = transaction(db, () => {
    const { hash } = applyModel(db, after.model, at.now)
    const hashOfPolicy = policyHash(after.policy)
    if (hashOfPolicy !== ofPolicy) putPolicy(db, hashOfPolicy, { json: JSON.stringify(after.policy), now: at.now })
    if (room !== null) decide(room, db, answersOf(identity), { isDry: false, ...at })
    if (identity.threshold !== undefined) setThreshold(db, identity.threshold, at.now)
    return { modelHash: hash, policyHash: hashOfPolicy }
  })
  const decisionNos = listDecisions(db)
    .slice(known)
    .map(({ decisionNo }) => decisionNo)
  return { ...next, modelHashBefore: modelHash, policyHashBefore: ofPolicy, decisionNos }
}

/**
 * Takes back what `applyScenario` did, all or nothing.
 *
 * @throws AppError usage/overtaken where something else is in force by now, usage/bad-argument where a decision holds no more
 */
export function revertScenario(db: Writable, applied: Applied, now: number): void {
  if (modelInForce(db).hash !== applied.modelHash || policyInForce(db).hash !== applied.policyHash)
    throw new AppError(
      'usage/overtaken',
      'the model or the rules were changed since the scenario was applied; revert them by their versions',
    )
  transaction(db, () => {
    applyModel(db, demandModel(db, applied.modelHashBefore).model, now)
    if (applied.policyHash !== applied.policyHashBefore)
      putPolicy(db, applied.policyHashBefore, { json: policyText(db, applied.policyHashBefore), now })
    for (const decisionNo of applied.decisionNos.toReversed()) addDecisions(db, undoEntries(db, decisionNo, now))
  })
}

function putPolicy(db: Writable, hash: string, { json, now }: Readonly<{ json: string; now: number }>): void {
  putInForce(db, 'policy', { hash, json, createdAt: now })
}

/** @throws AppError usage/bad-argument */
function policyText(db: Readable, hash: string): string {
  const version = readVersion(db, 'policy', hash)
  if (version !== null) return version.json
  if (hash === policyHash(DEFAULT_POLICY)) return JSON.stringify(DEFAULT_POLICY)
  throw new AppError('usage/bad-argument', `no version ${hash} of the rules is kept`, { hash })
}

/** What is in force, and what a scenario makes of it. */
function judgesOf(db: Readable, scenario: Scenario) {
  const { model, hash } = modelInForce(db)
  const { policy, hash: ofPolicy } = policyInForce(db)
  return {
    before: { model, policy, modelHash: hash, policyHash: ofPolicy },
    after: {
      model: scenarioModel(model, scenario.model),
      policy: scenarioPolicy(policy, scenario.routing),
    },
  }
}
