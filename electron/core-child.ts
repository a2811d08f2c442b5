import type { MessageEvent, ParentPort } from 'electron'
import { memoryChannels } from '#contract/channel.memory'
import { portChannel } from '#contract/channel.port'
import { createRelay } from '#contract/channel-relay'
import { followedGrants, type ServeEngine } from '../browser-host/engine-child.ts'
import { type FromEngine, reportText, type ToEngine } from '../browser-host/engine-message.ts'

/**
 * Runs the engine in a utility process. Each window that connects sends a port; all of them talk to the one engine. The
 * main process sends the grants of files and the order to stop, never calls.
 */
export function runCoreChild(serve: ServeEngine, parent: ParentPort, exit: () => void): void {
  const grants = followedGrants()
  const [near, far] = memoryChannels()
  const engine = serve(far, {
    kind: 'electron',
    resolveSource: grants.resolveSource,
    resolveTarget: grants.resolveTarget,
    report: error => parent.postMessage({ kind: 'report', text: reportText(error) } satisfies FromEngine),
  })
  const relay = createRelay({ connect: () => near })

  parent.on('message', ({ data, ports }: MessageEvent) => {
    const message = data as ToEngine // the main process is the only one that holds the other end
    const port = ports[0]
    if (message.kind === 'client' && port !== undefined) relay.attach(portChannel(port, { canTransfer: false }))
    else if (message.kind === 'stop') void engine.close().finally(exit)
    else grants.apply(message)
  })
}
