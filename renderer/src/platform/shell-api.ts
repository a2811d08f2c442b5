import * as z from 'zod'

const token = z.string().min(1).max(200)
const nothing = z.strictObject({})

const handedFile = z.strictObject({ token, name: z.string(), bytes: z.int().nonnegative() })
const projectPlace = z.strictObject({ token, name: z.string(), folder: z.string() })

/**
 * What the renderer asks of its host beside the contract: files and folders, as tokens. A path never comes from the page.
 * The browser host answers these over `POST /shell/<name>`, Electron over one invoke channel.
 */
export const shellCalls = {
  /** The exports that are shipped with the program. */
  'sample.files': { input: nothing, output: z.array(handedFile) },
  /** Forgets files; an uploaded copy is deleted. */
  'files.release': { input: z.strictObject({ tokens: z.array(token).max(1000) }), output: nothing },
  /** Electron only: the system's file dialog. */
  'files.choose': { input: nothing, output: z.array(handedFile) },
  /** The project the program was started with. */
  'project.initial': { input: nothing, output: projectPlace.nullable() },
  /** Projects of the data folder and recent ones, last changed first. */
  'project.list': {
    input: nothing,
    output: z.array(projectPlace.extend({ changedAt: z.number(), bytes: z.int().nonnegative() })),
  },
  /** A place for a new project; Electron asks where, the browser host takes a free name in the data folder. */
  'project.new': { input: z.strictObject({ name: z.string().max(200) }), output: projectPlace.nullable() },
  /** Electron only: the system's dialog. Null: cancelled. */
  'project.choose': { input: nothing, output: projectPlace.nullable() },
  /** An empty folder for an export of the project of that name. */
  'export.new': {
    input: z.strictObject({ project: z.string().max(200) }),
    output: z.strictObject({ token, folder: z.string() }).nullable(),
  },
  /** Electron only: shows a folder that was handed out in the system's file manager. */
  'folder.reveal': { input: z.strictObject({ token }), output: nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>

type ShellCalls = typeof shellCalls
export type ShellCallName = keyof ShellCalls
export type ShellInput<N extends ShellCallName> = z.input<ShellCalls[N]['input']>
export type ShellOutput<N extends ShellCallName> = z.output<ShellCalls[N]['output']>
export type ShellHandlers = {
  readonly [N in ShellCallName]: (input: z.output<ShellCalls[N]['input']>) => Promise<ShellOutput<N>>
}

/** A file the host knows by its token; it goes into `import.inspect` and `import.run`. */
export type HandedFile = z.output<typeof handedFile>
/** A project file, there or to be made; its token goes into `project.open` or `project.create`. */
export type ProjectPlace = z.output<typeof projectPlace>
export type ProjectEntry = ShellOutput<'project.list'>[number]
/** Its token goes into `export.run`, `downloadUrl` and `revealFolder`; `folder` is what people are shown. */
export type ExportPlace = NonNullable<ShellOutput<'export.new'>>

/** How far the copying of files to the host is; Electron copies nothing and never tells. */
export type UploadProgress = Readonly<{ name: string; done: number; total: number }>

/** What the renderer knows of the host it runs in: the same for the browser host and Electron. */
export type ShellApi = Readonly<{
  kind: 'browser' | 'electron'
  /** Lets the user choose exports. Empty: cancelled. */
  chooseFiles(onProgress?: (progress: UploadProgress) => void): Promise<readonly HandedFile[]>
  /** Takes files that were dropped on the window or chosen in an input. */
  takeFiles(files: readonly File[], onProgress?: (progress: UploadProgress) => void): Promise<readonly HandedFile[]>
  /** Forgets files that are not wanted after all. Files that were imported are forgotten by the host itself. */
  releaseFiles(tokens: readonly string[]): Promise<void>
  sampleFiles(): Promise<readonly HandedFile[]>
  initialProject(): Promise<ProjectPlace | null>
  listProjects(): Promise<readonly ProjectEntry[]>
  /** Null: cancelled. */
  newProject(name: string): Promise<ProjectPlace | null>
  /** The system's dialog, or null in a browser, where `listProjects` is what can be opened. */
  chooseProject: (() => Promise<ProjectPlace | null>) | null
  /** Null: cancelled. */
  newExport(project: string): Promise<ExportPlace | null>
  /** Where one file of an export can be fetched with a plain link, or null where the folder itself is at hand. */
  downloadUrl: ((exportToken: string, file: string) => string) | null
  /** Shows the folder in the system's file manager, or null in a browser. */
  revealFolder: ((exportToken: string) => Promise<void>) | null
}>
