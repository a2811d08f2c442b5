import { forgetAlerts } from './routing-alerts.ts'
import { forgetRoutedAnomalies } from './routing-anomalies.ts'
import { forgetRouting } from './routing-draft.ts'
import { forgetExplain } from './routing-explain.ts'
import { forgetIcp } from './routing-icp.ts'
import { forgetPools } from './routing-pools.ts'
import { forgetSandboxes } from './routing-sandboxes.ts'
import { forgetVersions } from './routing-versions.ts'
import { forgetRoutingView } from './routing-view.ts'

/** Drops everything of the room that belongs to one project. */
export function forgetRoutingRoom(): void {
  forgetRouting()
  forgetExplain()
  forgetVersions()
  forgetPools()
  forgetAlerts()
  forgetSandboxes()
  forgetIcp()
  forgetRoutedAnomalies()
  forgetRoutingView()
}
