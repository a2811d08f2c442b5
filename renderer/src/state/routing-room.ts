import { forgetRouting } from './routing-draft.ts'
import { forgetExplain } from './routing-explain.ts'
import { forgetVersions } from './routing-versions.ts'
import { forgetRoutingView } from './routing-view.ts'

/** Drops everything of the room that belongs to one project. */
export function forgetRoutingRoom(): void {
  forgetRouting()
  forgetExplain()
  forgetVersions()
  forgetRoutingView()
}
