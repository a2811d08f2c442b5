import type { Client } from '#contract/contract'
import { type HealthAnomaly, useHealth } from './health.ts'
import { runJob } from './jobs.ts'
import { refreshSummary } from './project.ts'

/** Keeps what was decided about an anomaly; null takes it back. Scores are older than that then. */
export async function decideAnomaly(
  client: Pick<Client, 'anomalies.decide' | 'project.summary'>,
  id: string,
  verdict: HealthAnomaly['verdict'],
): Promise<void> {
  const { anomaly } = await runJob(
    'Decide about an anomaly',
    options => client['anomalies.decide']({ id, verdict }, options),
    { isShort: true },
  )
  useHealth.setState(({ report }) => {
    if (report === null) return {}
    const newest = report.anomalies.newest.map(known => (known.id === id ? anomaly : known))
    return { report: { ...report, anomalies: { ...report.anomalies, newest } } }
  })
  await refreshSummary(client)
}
