import type { Engine, EngineHost } from '#app'
import type { Channel, Wire } from '#contract/channel'
import { channelState } from '#contract/channel-state'
import { type FromEngine, type Grant, reportText, type ToEngine } from './engine-message.ts'

export type ServeEngine = (channel: Channel, host: EngineHost) => Engine

/** What an engine process has to reach its host with: `process` in a forked one, `parentPort` in a utility process. */
export type HostLink = Readonly<{
  send(message: FromEngine): void
  receive(listener: (message: ToEngine) => void): void
  /** Called back when the host is gone. */
  onLost(listener: () => void): void
  exit(): void
}>

/** The copy of the host's token table that an engine process looks tokens up in. */
export function followedGrants(): Readonly<{
  apply(message: ToEngine): void
  resolveSource: EngineHost['resolveSource']
  resolveTarget: EngineHost['resolveTarget']
}> {
  const grants = new Map<string, Grant>()
  return {
    apply: message => {
      if (message.kind === 'grant') grants.set(message.token, message.grant)
      if (message.kind === 'revoke') grants.delete(message.token)
    },
    resolveSource: token => {
      const grant = grants.get(token)
      return grant !== undefined && 'source' in grant ? grant.source : null
    },
    resolveTarget: token => {
      const grant = grants.get(token)
      return grant !== undefined && 'target' in grant ? grant.target : null
    },
  }
}

/** Runs an engine whose calls come over the link to its host; ends the process when told to or when the host is gone. */
export function runEngineChild(serve: ServeEngine, kind: EngineHost['kind'], link: HostLink): void {
  const state = channelState()
  const grants = followedGrants()
  let receive: ((message: unknown) => void) | null = null
  const channel: Channel = {
    post: (message: Wire) => {
      state.demandOpen()
      link.send({ kind: 'reply', message })
    },
    listen: listener => {
      receive = listener
    },
    onClose: state.onClose,
    close: state.close,
  }
  const engine = serve(channel, {
    kind,
    resolveSource: grants.resolveSource,
    resolveTarget: grants.resolveTarget,
    report: error => link.send({ kind: 'report', text: reportText(error) }),
  })

  async function end(): Promise<void> {
    try {
      await engine.close()
    } finally {
      state.close()
      link.exit()
    }
  }

  link.receive(message => {
    if (message.kind === 'call') receive?.(message.message)
    else if (message.kind === 'stop') void end()
    else grants.apply(message)
  })
  link.onLost(() => {
    state.close()
    void end()
  })
}
