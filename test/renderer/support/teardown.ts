import { cleanup } from '@testing-library/react'
import { afterAll, afterEach } from 'vitest'

/** React and Mantine leave work in timers and in the scheduler; it has to run while there is still a window. */
const TIMERS_MS = 300

afterEach(() => {
  cleanup()
})

afterAll(async () => {
  await new Promise(resolve => setTimeout(resolve, TIMERS_MS))
})
