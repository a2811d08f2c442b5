import { cleanup, type RenderResult, render } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import { App } from '../../../renderer/src/App.tsx'
import { type FakeOptions, fakeClient } from './fake-client.ts'
import { fakeShell } from './fake-shell.ts'
import { whileOpen } from './silent-client.ts'
import './browser-parts.ts'

type Opened = RenderResult & Readonly<{ user: UserEvent; client: ReturnType<typeof fakeClient> }>

/** The whole app on fake data, at an address such as `#/scores`. */
export function openApp(hash: string, options: Partial<FakeOptions> = {}): Opened {
  cleanup()
  window.location.hash = hash
  const client = fakeClient(options)
  const user = userEvent.setup()
  return { ...render(<App platform={{ client: whileOpen(client), shell: whileOpen(fakeShell()) }} />), user, client }
}
