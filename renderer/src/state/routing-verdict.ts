import type { Client } from '#contract/contract'
import { decideAnomaly } from './anomaly-verdict.ts'
import { loadRoutedAnomalies, type RoutedAnomaly } from './routing-anomalies.ts'

/** Decides about an anomaly; null takes the decision back. Routes follow with the next scores. */
export async function decideRouted(
  client: Pick<Client, 'routing.anomalies'> & Parameters<typeof decideAnomaly>[0],
  id: string,
  verdict: RoutedAnomaly['verdict'],
): Promise<void> {
  await decideAnomaly(client, id, verdict)
  await loadRoutedAnomalies(client)
}
