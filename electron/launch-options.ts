import { parseArgs } from 'node:util'

/** What the app is started with. `isOpened` false: nothing opens by itself, the address is printed. */
export type LaunchOptions = Readonly<{
  inBrowser: boolean
  isOpened: boolean
  project: string | undefined
  folder: string | undefined
  port: number | undefined
}>

/** @param args behind the name of the script; @throws TypeError for one that is not known */
export function readLaunchOptions(args: readonly string[]): LaunchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      browser: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      project: { type: 'string' },
      folder: { type: 'string' },
      port: { type: 'string' },
    },
  })
  const { browser, 'no-open': isQuiet, project, folder, port } = values
  return {
    // A window has no address that could be printed.
    inBrowser: browser || isQuiet,
    isOpened: !isQuiet,
    project,
    folder,
    port: port === undefined ? undefined : Number(port),
  }
}
