import { AsyncLocalStorage } from 'node:async_hooks'
import { existsSync } from 'node:fs'
import { serveEngine } from '#app'
import { runEngineChild } from '../../../browser-host/engine-child.ts'
import type { ToEngine } from '../../../browser-host/engine-message.ts'
import { forkedLink } from '../../../browser-host/forked-link.ts'

/** An engine whose scorings stand still, and let other calls through, until there is the file that `PQL_TEST_GO_ON` names. */
const goOn = process.env['PQL_TEST_GO_ON'] ?? ''
const LOOK_MS = 20

const scoring = new AsyncLocalStorage<true>()
const turn = globalThis.setImmediate

/** A job gives others their turn by `setImmediate`, and goes on when it is called back. */
function heldTurn(callback: () => void): void {
  if (scoring.getStore() === undefined || existsSync(goOn)) turn(callback)
  else setTimeout(heldTurn, LOOK_MS, callback)
}
globalThis.setImmediate = heldTurn as typeof setImmediate

const isScoring = (message: ToEngine): boolean =>
  message.kind === 'call' && message.message.t === 'call' && message.message.method === 'score.run'

const link = forkedLink()
runEngineChild(serveEngine, 'browser', {
  ...link,
  receive: listener =>
    link.receive(message => {
      if (isScoring(message)) scoring.run(true, listener, message)
      else listener(message)
    }),
})
