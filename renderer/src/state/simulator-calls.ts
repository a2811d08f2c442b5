import type { Client, Result } from '#contract/contract'

/** What the engine says of scenarios, by the names that the views use. */
export type Opened = Result<'simulate.open'>
export type Answer = Result<'simulate.set'>
export type Parameter = Opened['parameters'][number]
export type Volume = Opened['volumes'][number]
export type MoverPage = Result<'simulate.movers'>
export type Mover = MoverPage['rows'][number]
export type Solution = Result<'simulate.solve'>
export type Tornado = Result<'simulate.tornado'>
export type FragilityPage = Result<'simulate.fragility'>
export type Flip = Result<'simulate.flips'>['flips'][number]
export type SimulatorClient = Pick<
  Client,
  'simulate.open' | 'simulate.set' | 'simulate.movers' | 'simulate.cell' | 'routing.policy'
>
