import { isThere, type World } from './events.ts'
import { cell, numberCell, plain, type TextRow, total } from './tables.ts'

/** What a workspace pays at asOf. */
export type Commerce = Readonly<{
  isPaid: boolean
  isOnTrial: boolean
  isPastDue: boolean
  trialEndDay: number | null
  renewalDay: number | null
  mrr: number | null
  arr: number | null
  seatsPurchased: number | null
  seatsUsed: number | null
}>
type Stood = Readonly<{ row: TextRow; status: string }>

export function commerceOf(world: World, workspace: TextRow): Commerce {
  const id = cell(workspace, 'workspace_id')
  const stood = world.exports.subscriptions
    .filter(row => cell(row, 'workspace_id') === id)
    .map(row => ({ row, status: statusAt(world, row) }))
    .filter(({ status }) => status !== 'not there')
  const paying = stood.filter(({ status }) => status === 'active' || status === 'past_due')
  const paidStatus = plain(cell(workspace, 'paid_status'))
  const isPaid = paying.length > 0 || paidStatus === 'paid'
  const trialing = stood.filter(({ status }) => status === 'trialing')
  return {
    isPaid,
    isOnTrial: !isPaid && (trialing.length > 0 || paidStatus === 'trial'),
    isPastDue: stood.some(({ status }) => status === 'past_due'),
    trialEndDay: trialEnd(world, workspace, stood),
    renewalDay: earliestRenewal(world, paying),
    ...money(workspace, stood),
    seatsPurchased: sumKnown(paying.map(({ row }) => numberCell(row, 'seats_purchased'))),
    seatsUsed: sumKnown(paying.map(({ row }) => numberCell(row, 'seats_used'))),
  }
}

/** The status at asOf where the dates tell, else the export's. */
function statusAt(world: World, row: TextRow): string {
  const status = plain(cell(row, 'status'))
  const starts = ['started_at', 'trial_start'].map(column => cell(row, column)).filter(text => text !== '')
  if (starts.length > 0 && !starts.some(text => isThere(world, text))) return 'not there'
  const canceledAt = cell(row, 'canceled_at')
  const isCanceled = ['canceled', 'cancelled'].includes(status)
  if (canceledAt !== '' && isThere(world, canceledAt)) return 'canceled'
  if (isCanceled && canceledAt === '') return 'canceled'
  if (isTrialRunning(world, row)) return 'trialing'
  return isCanceled ? 'active' : status
}

function isTrialRunning(world: World, row: TextRow): boolean {
  const { zone, asOf, today } = world
  const end = zone.read(cell(row, 'trial_end'))
  if (end === null || !isThere(world, cell(row, 'trial_start'))) return false
  return end.isDate ? end.day >= today : end.ms > asOf
}

/** The latest end of its trialing subscriptions, else what the workspace says. */
function trialEnd({ zone }: World, workspace: TextRow, stood: readonly Stood[]): number | null {
  const ends = stood
    .filter(({ status }) => status === 'trialing')
    .map(({ row }) => zone.read(cell(row, 'trial_end'))?.day)
    .filter(day => day !== undefined)
  return ends.length > 0 ? Math.max(...ends) : (zone.read(cell(workspace, 'trial_end_date'))?.day ?? null)
}

function earliestRenewal({ zone, today }: World, paying: readonly Stood[]): number | null {
  const days = paying
    .map(({ row }) => zone.read(cell(row, 'renewal_date'))?.day)
    .filter(day => day !== undefined)
    .filter(day => day >= today)
  return days.length === 0 ? null : Math.min(...days)
}

/** Summed over the active subscriptions as far as they say; where none says or there is none at all, the workspace's. */
function money(workspace: TextRow, stood: readonly Stood[]): { mrr: number | null; arr: number | null } {
  const active = stood.filter(({ status }) => status === 'active').map(({ row }) => row)
  if (stood.length > 0 && active.length === 0) return { mrr: 0, arr: 0 }
  const mrr = sumKnown(active.map(row => numberCell(row, 'mrr'))) ?? numberCell(workspace, 'mrr')
  const arr = sumKnown(active.map(row => numberCell(row, 'arr') ?? timesTwelve(numberCell(row, 'mrr'))))
  return { mrr, arr: arr ?? numberCell(workspace, 'arr') ?? timesTwelve(mrr) }
}

const timesTwelve = (mrr: number | null): number | null => (mrr === null ? null : 12 * mrr)

function sumKnown(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter(number => number !== null)
  return known.length === 0 ? null : total(known)
}
