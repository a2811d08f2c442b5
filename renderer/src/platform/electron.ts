import { AppError, type ErrorCode, type ErrorContext } from '#lib/errors'
import type { HandedFile, ShellApi, ShellCallName, ShellInput, ShellOutput } from './shell-api.ts'

/** An answer of the main process: Electron itself carries no error but its text. */
export type ShellAnswer =
  | Readonly<{ ok: true; value: unknown }>
  | Readonly<{ ok: false; error: Readonly<{ code: ErrorCode; message: string; context: ErrorContext }> }>

/** What the preload puts on the window, and nothing more. */
export type Bridge = Readonly<{
  /** Asks for a port to the engine; it comes as a window message, see client/channel.electron.ts. */
  connect(): void
  shell(name: string, input: unknown): Promise<ShellAnswer>
  /** Tells the main process the path of a dropped file, and gives its token. */
  takeFile(file: File): Promise<ShellAnswer>
}>

/** The shell of Electron: dialogs of the system, files where they are. */
export function electronShell(bridge: Bridge): ShellApi {
  const ask = async <N extends ShellCallName>(name: N, input: ShellInput<N>): Promise<ShellOutput<N>> =>
    answered(await bridge.shell(name, input)) as ShellOutput<N> // the main process answers by the same map of calls
  return {
    kind: 'electron',
    chooseFiles: () => ask('files.choose', {}),
    takeFiles: files => Promise.all(files.map(async file => answered(await bridge.takeFile(file)) as HandedFile)),
    releaseFiles: async tokens => void (await ask('files.release', { tokens: [...tokens] })),
    sampleFiles: () => ask('sample.files', {}),
    initialProject: () => ask('project.initial', {}),
    listProjects: () => ask('project.list', {}),
    newProject: name => ask('project.new', { name }),
    chooseProject: () => ask('project.choose', {}),
    newExport: project => ask('export.new', { project }),
    downloadUrl: null,
    revealFolder: async token => void (await ask('folder.reveal', { token })),
  }
}

function answered(answer: ShellAnswer): unknown {
  if (answer.ok) return answer.value
  throw new AppError(answer.error.code, answer.error.message, answer.error.context)
}
