import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'
import { listLevel } from './score-level.ts'

export type UnitEvent = Output<'score.events'>['events'][number]

type UnitEvents = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  unitId: string | null
  /** Only events that earn points by this signal; null: all. */
  signal: string | null
  events: readonly UnitEvent[]
  nextBefore: number | null
}>

const PAGE = 100
const EMPTY: UnitEvents = { status: 'idle', unitId: null, signal: null, events: [], nextBefore: null }

export const useUnitEvents = create<UnitEvents>()(() => EMPTY)
let latest = 0

/** The newest events of a unit, all or those of one signal. */
export async function showEvents(
  client: Pick<Client, 'score.events'>,
  unitId: string,
  signal: string | null,
): Promise<void> {
  useUnitEvents.setState({ ...EMPTY, unitId, signal })
  await ask(client)
}

/** The page before the oldest one shown. */
export async function loadOlderEvents(client: Pick<Client, 'score.events'>): Promise<void> {
  const { status, nextBefore } = useUnitEvents.getState()
  if (status === 'ready' && nextBefore !== null) await ask(client)
}

async function ask(client: Pick<Client, 'score.events'>): Promise<void> {
  const { unitId, signal, nextBefore } = useUnitEvents.getState()
  if (unitId === null) return
  const question = ++latest
  useUnitEvents.setState({ status: 'loading' })
  try {
    const asked = { unitId, level: listLevel(), signal, before: nextBefore, limit: PAGE }
    const page = await client['score.events'](asked)
    if (question !== latest) return
    useUnitEvents.setState(({ events }) => ({
      status: 'ready',
      events: [...events, ...page.events],
      nextBefore: page.nextBefore,
    }))
  } catch (error) {
    if (question !== latest) return
    useUnitEvents.setState({ status: 'failed' })
    throw error
  }
}
