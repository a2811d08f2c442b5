/** What a browser host is started with. */
export type HostOptions = Readonly<{
  /** A project file to begin with. */
  project?: string
  /** 0 or left out: any free one. */
  port?: number
  /** The built renderer. */
  rendererRoot: string
  /** Where projects, exports and the spool are. */
  dataFolder?: string
  /** The shipped sample exports. */
  sampleFolder?: string
  /** Opens the page in the default browser. */
  open?: boolean
  /** The module that the engine process runs. */
  engineEntry?: string
  /** Told of bugs and of an engine that ended by itself. */
  report?: (text: string) => void
  /** Largest upload, bytes. */
  maxUpload?: number
}>
