import type { Output, Parsed } from '#contract/contract'
import { readEmail } from '#identity'
import { AppError } from '#lib/errors'
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

/**
 * Says that a value identifies nobody, or may again; nothing is kept where it is so already.
 *
 * @throws AppError usage/bad-argument where a value is to be blocked that is no address, or a placeholder
 */
export function setValue(
  db: Writable,
  { kind, value: given, isBlocked, batch, now }: Wanted,
): Output<'identity.setValue'> {
  if (isBlocked) refuseUnmatched(kind, given)
  const value = kind === 'email' ? readEmail(given).canonical : given.trim()
  const before = blockedValues(db)
  const isSo = before.some(one => one.kind === kind && one.value === value)
  if (isSo === isBlocked) return { decisionNo: null, blocked: before }
  const subject = [{ source: 'users', object: kind, key: value }]
  const about = { kind: isBlocked ? ('block_value' as const) : ('allow_value' as const), subject, payload: { batch } }
  const decisionNo = addDecision(db, { ...about, reverts: null, decidedAt: now })
  return { decisionNo, blocked: blockedValues(db) }
}

const UNMATCHED: Readonly<Record<string, string>> = {
  not_an_address:
    'it is no email address, so no record can match it; block one address at a time, like name@company.com',
  placeholder: 'it is a placeholder, which identifies nobody anyway; block an address that records share',
}

/** What was blocked before such values were refused can still be allowed again. */
function refuseUnmatched(kind: Wanted['kind'], value: string): void {
  const because = kind === 'email' ? UNMATCHED[readEmail(value).guard ?? ''] : undefined
  if (because === undefined) return
  throw new AppError('usage/bad-argument', `email "${value}" cannot be blocked: ${because}`, { kind, value })
}
