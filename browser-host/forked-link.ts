import type { HostLink } from './engine-child.ts'
import type { ToEngine } from './engine-message.ts'

/** The link of a forked Node process, over the IPC channel that `fork` made. */
export function forkedLink(): HostLink {
  // Ctrl+C reaches the whole group of processes; the host decides when the engine ends.
  process.on('SIGINT', () => undefined)
  return {
    send: message => {
      if (process.connected) process.send?.(message)
    },
    receive: listener => void process.on('message', message => listener(message as ToEngine)),
    onLost: listener => void process.on('disconnect', listener),
    exit: () => process.exit(0),
  }
}
