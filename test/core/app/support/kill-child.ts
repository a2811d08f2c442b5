import { goOn, openEngine, operate } from './kill-schedule.ts'

/** Does operation after operation until it is killed, and says how far it is. */
const [path = '', folder = '', first = '1', how = 'resume', writer = 'here'] = process.argv.slice(2)
const { client } = await openEngine(path, writer === 'thread' ? { rowsInOneGo: 0 } : {})
const options = { onProgress: () => void process.send?.('progress') }
let k = Number(first)
if (await goOn(client, how === 'discard' ? 'discard' : 'resume', options)) process.send?.(`done ${k++}`)
for (; ; k++) {
  process.send?.(`begin ${k}`)
  await operate(client, k, folder, options)
  process.send?.(`done ${k}`)
}
