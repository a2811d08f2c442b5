import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/chromium.ts'

const found = findChromium()

/** `browser`: the browser host in a headless Chromium. `electron`: the desktop window, skipped where it cannot open. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  globalSetup: './test/e2e/support/build.ts',
  fullyParallel: true,
  forbidOnly: process.env['CI'] !== undefined,
  // One at a time: two browsers with their engines starve a machine of two cores.
  workers: 1,
  // Generous: a slow machine is no fault. What has to be fast is measured in bench/.
  timeout: 1_800_000,
  expect: { timeout: 240_000 },
  reporter: 'list',
  use: {
    actionTimeout: 240_000,
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    launchOptions:
      found === null ? {} : { executablePath: found.executablePath, args: [...found.args], env: { ...found.env } },
  },
  projects: [{ name: 'browser' }, { name: 'electron' }],
})
