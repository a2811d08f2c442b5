import { useEffect } from 'react'
import type { Client } from '#contract/contract'
import { useServices } from './services.tsx'

/** Hands every key that is pressed in the window to a room while it is shown. @param onKey one function for the life of the room */
export function useRoomKeys(onKey: (event: KeyboardEvent, client: Client) => void): void {
  const { client } = useServices()
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event, client)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [client, onKey])
}
