import { cleanup, type RenderResult, render } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { App } from '../../../renderer/src/App.tsx'
import { useJobs } from '../../../renderer/src/state/jobs.ts'
import { useProject } from '../../../renderer/src/state/project.ts'
import { NO_FILTER, useScoreList } from '../../../renderer/src/state/score-list.ts'
import { showTab } from '../../../renderer/src/state/score-unit.ts'
import { forgetProject } from '../../../renderer/src/state/session.ts'
import { type FakeOptions, fakeClient } from './fake-client.ts'
import { fakeShell } from './fake-shell.ts'
import './browser-parts.ts'

type Opened = RenderResult & Readonly<{ user: UserEvent; client: ReturnType<typeof fakeClient> }>

/** The whole app on fake data, at an address such as `#/scores`. */
export function openApp(hash: string, options: Partial<FakeOptions> = {}): Opened {
  cleanup()
  resetStores()
  window.location.hash = hash
  const client = fakeClient(options)
  const user = userEvent.setup()
  return { ...render(<App platform={{ client, shell: fakeShell() }} />), user, client }
}

function resetStores(): void {
  forgetProject()
  useScoreList.setState({ filter: NO_FILTER, sort: 'score', isDescending: true })
  useProject.setState({ status: 'loading', version: null, summary: null })
  useJobs.setState({ jobs: [], isTrayOpen: false })
  showTab('why')
}
