import { describe, expect, test } from 'vitest'
import { type BilledTerms, billedOf, monthlyText } from '../../../../core/export/hand-off/billed.ts'
import type { SubscriptionState } from '../../../../core/schema/subscription.ts'

type Own = Partial<SubscriptionState> & Readonly<{ terms?: Partial<BilledTerms> | null }>

const WORKSPACES = [{ workspace_id: 'w1' }, { workspace_id: 'w2' }].map(row => ({
  ...row,
  workspace_name: null,
  plan_tier: null,
}))
const book = { workspacesOfAccount: (id: string | null) => (id === null ? [] : WORKSPACES) }

function said(subscriptions: readonly Own[], unit: Readonly<{ mrr?: number; workspaceIds?: readonly string[] }> = {}) {
  const terms = new Map<string, BilledTerms>()
  const states = subscriptions.map(({ terms: own, ...state }, i): SubscriptionState => {
    const id = `s${i}`
    if (own !== null) terms.set(id, { currency: 'eur', period: 'month', workspaceId: 'w1', ...own })
    const none = { plan: null, mrr: null, arr: null, seatsPurchased: null, seatsUsed: null }
    return { id, status: 'active', ...none, trialEndDay: null, renewalDay: null, ...state }
  })
  const own = { accountId: 'a1', workspaceIds: ['w1'], mrr: null, ...unit, subscriptions: states }
  const ground = { book, termsOf: (id: string) => terms.get(id) }
  return { billed: billedOf(own, ground), monthly: monthlyText(own, ground) }
}

const YEAR = { period: 'year' }

describe('what is billed', () => {
  test.each<Readonly<{ why: string; own: readonly Own[]; is: readonly string[] }>>([
    {
      why: 'a year that is past due, from a rounded month',
      own: [{ status: 'past_due', mrr: 162.5, terms: YEAR }],
      is: ['1,950 EUR a year, past due'],
    },
    {
      why: 'a figure of a month is rounded for the year',
      own: [{ mrr: 131.0833, terms: YEAR }],
      is: ['1,573 EUR a year'],
    },
    { why: 'a month', own: [{ mrr: 2286 }], is: ['2,286 EUR a month'] },
    { why: 'cents', own: [{ mrr: 1234567.5 }], is: ['1,234,567.50 EUR a month'] },
    { why: 'a year alone is known', own: [{ arr: 1200 }], is: ['1,200 EUR a year'] },
    { why: 'nothing is known of its terms', own: [{ mrr: 20, terms: null }], is: ['20 a month'] },
    { why: 'alike: summed', own: [{ mrr: 20 }, { mrr: 30 }], is: ['50 EUR a month'] },
    {
      why: 'two currencies: never summed',
      own: [{ mrr: 20 }, { mrr: 30, terms: { currency: 'usd' } }],
      is: ['20 EUR a month', '30 USD a month'],
    },
    {
      why: 'two states: apart',
      own: [{ mrr: 20 }, { mrr: 30, status: 'past_due' }],
      is: ['20 EUR a month', '30 EUR a month, past due'],
    },
    {
      why: 'a state that nobody knows is said',
      own: [{ mrr: 20, status: 'unknown' }],
      is: ['20 EUR a month, state unknown'],
    },
    {
      why: 'shared by the workspaces of the account',
      own: [{ mrr: 20, terms: { workspaceId: null } }],
      is: ['20 EUR a month for the whole account'],
    },
    { why: 'a trial bills nothing', own: [{ mrr: 20, status: 'trialing' }], is: [] },
    { why: 'what was canceled bills nothing', own: [{ mrr: 20, status: 'canceled' }], is: [] },
    { why: 'nothing for nothing', own: [{ mrr: 0 }], is: [] },
  ])('$why', ({ own, is }) => {
    expect(said(own).billed).toEqual(is)
  })

  test('the figure of the workspace counts where no subscription says an amount', () => {
    expect(said([], { mrr: 500 }).billed).toEqual(['500 a month'])
    expect(said([{}], { mrr: 500 }).billed).toEqual(['500 a month'])
    expect(said([], { mrr: 0 }).billed).toEqual([])
  })

  test('a unit of all workspaces of an account has its subscriptions to itself', () => {
    const shared = { mrr: 20, terms: { workspaceId: null } }
    expect(said([shared], { workspaceIds: ['w1', 'w2'] }).billed).toEqual(['20 EUR a month'])
  })
})

test('monthly revenue is left out where it is nothing, and names currencies where there are several', () => {
  expect(said([{ mrr: 20, status: 'past_due' }], { mrr: 0 }).monthly).toBeNull()
  expect(said([{ mrr: 20.123 }], { mrr: 20.123 }).monthly).toBe('20.12')
  expect(said([{ mrr: 20 }, { mrr: 30, terms: { currency: 'usd' } }], { mrr: 50 }).monthly).toBe('20 EUR and 30 USD')
})
