import { createContext, type ReactNode, useContext } from 'react'
import { invariant } from '#lib/errors'
import type { Platform } from '../platform/platform.ts'

const Services = createContext<Platform | null>(null)

type Props = Readonly<{ platform: Platform; children: ReactNode }>

export function ServicesProvider({ platform, children }: Props): ReactNode {
  return <Services value={platform}>{children}</Services>
}

/** The client of the contract and the shell of the host, for views to hand to actions. */
export function useServices(): Platform {
  const platform = useContext(Services)
  invariant(platform !== null, 'views live inside ServicesProvider')
  return platform
}
