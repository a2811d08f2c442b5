import type { Output, Parsed } from '#contract/contract'
import { readEmail } from '#identity'
import { compareCodePoints } from '#lib/text'
import { addDecision, identityDecisions, type Readable, type Writable } from '#store'

type Blocked = Output<'identity.values'>['blocked']
type Wanted = Parsed<'identity.setValue'> & Readonly<{ batch: string; now: number }>

/** Values that somebody said identify nobody. */
export function blockedValues(db: Readable): Blocked {
  const blocked = new Map<string, Blocked[number]>()
  for (const decision of identityDecisions(db)) {
    if (decision.type !== 'block_value' && decision.type !== 'allow_value') continue
    const { kind, value } = decision
    if (decision.type === 'block_value')
      blocked.set(`${kind} ${value}`, { kind: kind as Blocked[number]['kind'], value })
    else blocked.delete(`${kind} ${value}`)
  }
  const sorted = [...blocked].sort(([a], [b]) => compareCodePoints(a, b))
  return sorted.map(([, value]) => value)
}

/** Says that a value identifies nobody, or may again; nothing is kept where it is so already. */
export function setValue(
  db: Writable,
  { kind, value: given, isBlocked, batch, now }: Wanted,
): Output<'identity.setValue'> {
  const value = kind === 'email' ? readEmail(given).canonical : given.trim()
  const before = blockedValues(db)
  const isSo = before.some(one => one.kind === kind && one.value === value)
  if (isSo === isBlocked) return { decisionNo: null, blocked: before }
  const subject = [{ source: 'users', object: kind, key: value }]
  const about = { kind: isBlocked ? ('block_value' as const) : ('allow_value' as const), subject, payload: { batch } }
  const decisionNo = addDecision(db, { ...about, reverts: null, decidedAt: now })
  return { decisionNo, blocked: blockedValues(db) }
}
