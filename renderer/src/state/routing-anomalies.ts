import { create } from 'zustand'
import type { Client, Output } from '#contract/contract'

export type RoutedAnomalies = Output<'routing.anomalies'>
export type RoutedAnomaly = RoutedAnomalies['anomalies'][number]

type State = Readonly<{
  status: 'idle' | 'loading' | 'ready' | 'failed'
  found: RoutedAnomalies | null
  isOpenOnly: boolean
}>

const EMPTY: State = { status: 'idle', found: null, isOpenOnly: false }

export const useRoutedAnomalies = create<State>()(() => EMPTY)
let latest = 0

type ReadClient = Pick<Client, 'routing.anomalies'>

export async function loadRoutedAnomalies(client: ReadClient): Promise<void> {
  const question = ++latest
  useRoutedAnomalies.setState(({ status }) => ({ status: status === 'ready' ? 'ready' : 'loading' }))
  try {
    const found = await client['routing.anomalies']({})
    if (question === latest) useRoutedAnomalies.setState({ status: 'ready', found })
  } catch (error) {
    if (question === latest) useRoutedAnomalies.setState({ status: 'failed' })
    throw error
  }
}

export const showOpenOnly = (isOpenOnly: boolean): void => useRoutedAnomalies.setState({ isOpenOnly })

export function forgetRoutedAnomalies(): void {
  latest++
  useRoutedAnomalies.setState(EMPTY)
}
