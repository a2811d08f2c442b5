/// <reference types="vite/client" />
import { notifications } from '@mantine/notifications'
import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach } from 'vitest'
import { silence } from './silent-client.ts'

/** React and Mantine leave work in timers and in the scheduler; it has to run while there is still a window. */
const TIMERS_MS = 300

// Generous: a slow machine is no fault.
configure({ asyncUtilTimeout: 60_000 })

type Store = Readonly<{ getInitialState: () => object; setState: (state: object, replace: true) => void }>
const isStore = (value: unknown): value is Store => typeof value === 'function' && 'getInitialState' in value

/** Files share their modules: every test begins with the stores as they are on a start, and with no notification waiting. */
const stores = Object.values(import.meta.glob<object>('../../../renderer/src/state/*.ts', { eager: true })).flatMap(
  module => Object.values(module).filter(isStore),
)

afterEach(async () => {
  cleanup()
  await silence()
  notifications.cleanQueue()
  notifications.clean()
  for (const store of stores) store.setState(store.getInitialState(), true)
})

afterAll(async () => {
  await new Promise(resolve => setTimeout(resolve, TIMERS_MS))
})
