import { type Client, contract, type Output } from '#contract/contract'
import { AS_OF } from './fake-row.ts'

type Row = Output<'score.unit'>['row']
type Alert = Output<'routing.alerts'>['alerts'][number]
type Verdict = Output<'anomalies.decide'>['anomaly']['verdict']
type Names = 'routing.alerts' | 'routing.seeAlerts' | 'routing.anomalies' | 'anomalies.decide'

const KINDS = ['new_pql', 'new_icp_account', 'new_strategic_contact'] as const

/** Alerts of the first workspaces, one more for every day that is asked for, and two anomalies. */
export function alertHandlers(rows: readonly Row[], decide: Client['anomalies.decide']): Pick<Client, Names> {
  const verdicts = new Map<string, Verdict>()
  const seen = new Set<string>()
  const alertOf = (row: Row, i: number): Alert => {
    const kind = KINDS[i % KINDS.length] ?? 'new_pql'
    return {
      alertId: `${kind}:${row.unitId}`,
      kind,
      unitId: row.unitId,
      accountId: row.accountId,
      contactId: null,
      owner: i % 2 === 0 ? 'rep_1' : null,
      ownerName: i % 2 === 0 ? 'Maren Holbeck' : null,
      territory: i % 2 === 0 ? 'NA East' : null,
      at: `2026-05-${String(31 - (i % 7)).padStart(2, '0')}`,
      text: `${row.unitName} is news ${i}`,
      evidence: [{ table: 'workspaces', key: row.unitId, text: 'made on 2026-05-29' }],
      seenAt: seen.has(`${kind}:${row.unitId}`) ? AS_OF : null,
    }
  }
  return {
    'routing.alerts': async input => {
      const { days = 7 } = contract['routing.alerts'].input.parse(input)
      return { alerts: rows.slice(0, days * 2).map(alertOf), days }
    },
    'routing.seeAlerts': async ({ alertIds, isSeen }) => {
      for (const id of alertIds) isSeen ? seen.add(id) : seen.delete(id)
      return {}
    },
    'anomalies.decide': async input => {
      verdicts.set(input.id, input.verdict)
      return await decide(input)
    },
    'routing.anomalies': async () => ({
      anomalyDays: 14,
      total: rows.length === 0 ? 0 : 2,
      anomalies: (['burst', 'loop'] as const).flatMap((kind, i) => {
        const row = rows[i * 53]
        if (row === undefined) return []
        const verdict = verdicts.get(`${kind}:${i}`) ?? null
        return [
          {
            id: `${kind}:${i}`,
            kind,
            subject: row.unitId,
            unitIds: [row.unitId],
            firstAt: AS_OF - 86_400_000,
            lastAt: AS_OF - 3_600_000,
            count: 162,
            evidence: `16${i} events on 2026-05-30`,
            verdict,
            ageDays: 1,
            isOpen: verdict !== 'dismissed',
            units: [{ unitId: row.unitId, unitName: row.unitName, score: row.score, destination: 'review' }],
            unitsTotal: 1,
          },
        ]
      }),
    }),
  }
}
