import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import { wireError } from '#contract/channel'
import { AppError } from '#lib/errors'
import { answerShellCall } from '../browser-host/shell.ts'
import type { TokenTable } from '../browser-host/token-table.ts'
import type { ShellAnswer } from '../renderer/src/platform/electron.ts'
import type { ShellHandlers } from '../renderer/src/platform/shell-api.ts'
import { CONNECT, ENGINE_PORT, SHELL, TAKE_FILE } from './bridge-channels.ts'
import type { CoreProcess } from './core-process.ts'
import { isTrusted } from './security.ts'
import { handOut } from './shell.ts'

export type IpcOptions = Readonly<{
  core: CoreProcess
  shell: ShellHandlers
  tokens: TokenTable
  report(error: unknown): void
}>

/** The three things a page may ask of the main process. From any other frame they are not heard. */
export function listenToPage({ core, shell, tokens, report }: IpcOptions): void {
  ipcMain.on(CONNECT, event => {
    if (isTrusted(event)) event.senderFrame?.postMessage(ENGINE_PORT, null, [core.connect()])
  })
  const answer = async (event: IpcMainInvokeEvent, work: () => Promise<unknown>): Promise<ShellAnswer> => {
    if (!isTrusted(event)) throw new Error('this frame may not ask')
    try {
      return { ok: true, value: await work() }
    } catch (error) {
      if (error instanceof AppError) return { ok: false, error: wireError(error) }
      report(error)
      return { ok: false, error: { code: 'internal', message: 'unexpected error, see the log', context: {} } }
    }
  }
  ipcMain.handle(SHELL, (event, name: unknown, input: unknown) =>
    answer(event, () => answerShellCall(shell, String(name), input)),
  )
  ipcMain.handle(TAKE_FILE, (event, path: unknown) => answer(event, () => handOut(tokens, String(path))))
}
