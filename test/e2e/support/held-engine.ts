import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test as base } from './test.ts'

/** The app with an engine that holds every scoring, so that what waits for it waits as long as the test looks. */
export const test = base.extend<{ goOn: () => void }>({
  engineEntry: async ({ dataFolder }, use) => {
    process.env['PQL_TEST_GO_ON'] = fileOf(dataFolder)
    await use(join(import.meta.dirname, 'held-engine-entry.ts'))
    delete process.env['PQL_TEST_GO_ON']
  },
  /** Lets the scoring go on. */
  goOn: async ({ dataFolder }, use) => {
    await use(() => writeFileSync(fileOf(dataFolder), ''))
  },
})

const fileOf = (dataFolder: string): string => join(dataFolder, 'go-on')
