import type { Client, Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { fakeCandidates, fakeCard, THRESHOLDS } from './fake-candidates.ts'

type RuleCalls = Pick<
  Client,
  `identity.${'rules' | 'setRules' | 'domains' | 'setDomain' | 'values' | 'setValue' | 'words' | 'setWord' | 'labels' | 'label'}`
>
type Rule = Output<'identity.rules'>['rules'][number]
type Domain = Output<'identity.domains'>['domains'][number]
type Sample = Output<'identity.labels'>['sample']

const RULES: readonly Rule[] = [
  ['email', 'canonical address', 'precision', 0.998, 'Nearly always one person; shared inboxes are left out.'],
  ['email', 'same handle', 'm', 0.35, 'People keep their handle when they change companies.'],
  ['phone', 'same number', 'precision', 0.93, 'Switchboards are shared.'],
  ['name', 'full name', 'm', 0.82, 'Rare names count more than frequent ones.'],
  ['company', 'different', 'bits', -0.5, 'People change companies, and use private addresses.'],
].map(([comparison, level, unit, value, because]) => ({
  id: `${comparison} ${level}`,
  comparison: String(comparison),
  level: String(level),
  unit: unit as Rule['unit'],
  value: Number(value),
  byDefault: Number(value),
  because: String(because),
}))

const domain = (name: string, byDefault: Domain['class'], users: number, account: string | null): Domain => ({
  domain: name,
  class: byDefault,
  byDefault,
  users,
  persons: users - 2,
  workspaces: Math.ceil(users / 9),
  accounts: account === null ? [] : [{ accountId: 'acc_1', name: account, billingOf: null }],
  accountsTotal: account === null ? 0 : 1,
  proposed: null,
})

/** Rules, domains and labels that remember what was said. */
export function identityRuleHandlers(): RuleCalls {
  let rules = RULES
  let auto = THRESHOLDS.auto
  let blocked: Output<'identity.values'>['blocked'] = []
  let version = 1
  let words: Output<'identity.words'>['entries'] = ['n/a', 'none'].map(entry => ({ entry, state: 'shipped' as const }))
  let domains = [
    domain('gmail.com', 'free_mail', 412, null),
    domain('tarnbrook.com', 'corporate', 41, 'Tarnbrook GmbH'),
    domain('velmora.onmicrosoft.com', 'multi_tenant', 12, null),
  ]
  const sample: Sample[number][] = fakeCandidates()
    .slice(0, 4)
    .map(candidate => ({
      pair: candidate.pair,
      left: candidate.left,
      right: candidate.right ?? candidate.left,
      fields: fakeCard(candidate, '').fields,
      label: null,
    }))
  const labelled = (): number => sample.filter(({ label }) => label !== null).length
  const judged = (): number => sample.filter(({ label }) => label === 'same' || label === 'different').length
  return {
    'identity.rules': async () => ({
      hash: `rules ${version}`,
      rules: [...rules],
      thresholds: { ...THRESHOLDS, auto },
    }),
    'identity.setRules': async ({ changes, thresholds, dryRun = false }) => {
      const diff = changes.map(({ id, value }) => {
        const before = rules.find(rule => rule.id === id)?.value ?? 0
        return { id, before, after: value, sentence: `${id}: ${before} becomes ${value}.` }
      })
      if (thresholds !== undefined)
        diff.push({ id: 'auto threshold', before: auto, after: thresholds.auto, sentence: 'Users are joined later.' })
      if (!dryRun) {
        rules = rules.map(rule => ({ ...rule, value: diff.find(({ id }) => id === rule.id)?.after ?? rule.value }))
        auto = thresholds?.auto ?? auto
        version += 1
      }
      return { hash: `rules ${version}`, diff, isNew: !dryRun }
    },
    'identity.domains': async ({ search = '', classes = [] }) => {
      const found = domains.filter(
        one => one.domain.includes(search) && (classes.length === 0 || classes.includes(one.class)),
      )
      return { matching: found.length, domains: found }
    },
    'identity.setDomain': async ({ domain: name, class: to }) => {
      domains = domains.map(one => (one.domain === name ? { ...one, class: to ?? one.byDefault } : one))
      return { decisionNo: 1 }
    },
    'identity.values': async () => ({ blocked }),
    'identity.setValue': async ({ isBlocked, ...one }) => {
      if (isBlocked && one.kind === 'email' && !one.value.includes('@'))
        throw new AppError('usage/bad-argument', `email "${one.value}" cannot be blocked: it is no email address`)
      const others = blocked.filter(({ kind, value }) => kind !== one.kind || value !== one.value)
      blocked = isBlocked ? [...others, one] : others
      return { decisionNo: 1, blocked }
    },
    'identity.words': async ({ list, search = '' }) => {
      const entries = words.filter(({ entry }) => entry.includes(search))
      const removed = words.filter(({ state }) => state === 'removed').length
      const added = words.filter(({ state }) => state === 'added').length
      return {
        lists: [{ list, shipped: 2, added, removed }],
        reviewed: '2026-11-20',
        matching: entries.length,
        entries,
      }
    },
    'identity.setWord': async ({ entry, isIn }) => {
      const isShipped = words.some(own => own.entry === entry && own.state !== 'added')
      const others = words.filter(own => own.entry !== entry)
      if (isShipped) words = [...others, { entry, state: isIn === false ? 'removed' : 'shipped' }]
      else words = isIn === true ? [{ entry, state: 'added' }, ...others] : others
      return { decisionNo: 1, entry }
    },
    'identity.labels': async () => {
      const same = sample.filter(({ label }) => label === 'same').length
      const share = same / Math.max(1, judged())
      return {
        population: 37,
        sample: [...sample],
        labelled: labelled(),
        judged: judged(),
        same,
        precision: judged() === 0 ? null : { value: share, low: Math.max(0, share - 0.3), high: share },
        labelledAt: null,
      }
    },
    'identity.label': async ({ labels }) => {
      for (const { a, b, label } of labels) {
        const place = sample.findIndex(({ pair }) => pair.a === a && pair.b === b)
        const found = sample[place]
        if (found !== undefined) sample[place] = { ...found, label }
      }
      return { labelled: labelled(), bits: labels.map(() => null) }
    },
  }
}
