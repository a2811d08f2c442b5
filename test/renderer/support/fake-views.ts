import type { Client, Output } from '#contract/contract'
import { AS_OF } from './fake-row.ts'

/** Views as the project keeps them. */
export function viewHandlers(): Pick<Client, 'view.list' | 'view.save' | 'view.remove'> {
  let views: Output<'view.list'>['views'] = []
  let last = 0
  return {
    'view.list': async () => ({ views }),
    'view.save': async ({ viewId, name, state }) => {
      const kept = { viewId: viewId ?? ++last, name, state, updatedAt: AS_OF }
      views = viewId === null ? [...views, kept] : views.map(view => (view.viewId === viewId ? kept : view))
      return { viewId: kept.viewId }
    },
    'view.remove': async ({ viewId }) => {
      views = views.filter(view => view.viewId !== viewId)
      return {}
    },
  }
}
