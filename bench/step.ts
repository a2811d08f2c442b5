/** What a step says of its work beside time and memory: counts and names. */
export type Figures = Readonly<Record<string, number | string>>
export type StepArgs = Readonly<Record<string, string>>

/** A step made ready, in a process of its own. What comes before a run is not measured. */
export type PreparedStep = Readonly<{
  /** Figures of the setting up. */
  setup?: Figures
  /** One measured piece of work under each name. */
  runs: Readonly<Record<string, () => Figures | Promise<Figures>>>
  close?(): void
}>

export type Prepare = (args: StepArgs) => PreparedStep | Promise<PreparedStep>

/** What goes to a child, and what it sends back. */
export type StepOrder = Readonly<{ run: string }>
export type StepAnswer =
  | Readonly<{ kind: 'ready'; setup: Figures }>
  | Readonly<{ kind: 'done'; ms: number; cpuMs: number; peakMb: number; figures: Figures }>
  | Readonly<{ kind: 'failed'; message: string }>
