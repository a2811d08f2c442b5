import { expect, test } from 'vitest'
import { launchArguments } from '../../cli/commands/open.ts'
import { readLaunchOptions } from '../../electron/launch-options.ts'

test.each([
  { project: null, isOpened: true, inBrowser: false },
  { project: '/data/my project.pql', isOpened: true, inBrowser: false },
  { project: '--folder.pql', isOpened: false, inBrowser: true },
])('the app is started as `pql open` was asked: $project, opened $isOpened', ({ project, isOpened, inBrowser }) => {
  const { project: read, ...options } = readLaunchOptions(launchArguments(project, isOpened))
  expect(read).toBe(project ?? undefined)
  expect(options).toMatchObject({ isOpened, inBrowser, folder: undefined, port: undefined })
})

test('what the app does not know is refused', () => {
  expect(() => readLaunchOptions(['/data/a.pql'])).toThrow(/Unexpected argument '\/data\/a.pql'/)
})
