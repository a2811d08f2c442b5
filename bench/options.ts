import { parseArgs } from 'node:util'

export const SCALES = ['S', 'M', 'L'] as const
export type Scale = (typeof SCALES)[number]
export const SUITES = ['steps', 'import', 'score', 'deliver'] as const
export type Suite = (typeof SUITES)[number]

export type Options = Readonly<{
  scale: Scale
  suites: readonly Suite[]
  /** Rounds of each contender, where given; else each has its own number. */
  rounds: number | null
  withPeers: boolean
  /** Appends the figures to bench/results.jsonl. */
  isKept: boolean
}>

export const USAGE = `npm run bench -- [--scale S|M|L] [--only steps,import,score,deliver] [--rounds N] [--no-peers] [--dry]
  --scale     S 200k events (default), M 2M, L 10M
  --only      measure these parts alone
  --rounds    rounds of every contender, instead of each one's own number
  --no-peers  ours alone; nothing is installed
  --dry       print the figures without appending them to bench/results.jsonl
`

/** @throws Error with a sentence for the person at the keyboard */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scale: { type: 'string', default: 'S' },
      only: { type: 'string', default: SUITES.join(',') },
      rounds: { type: 'string' },
      'no-peers': { type: 'boolean', default: false },
      dry: { type: 'boolean', default: false },
    },
  })
  const scale = SCALES.find(name => name === values.scale)
  if (scale === undefined) throw new Error(`--scale is S, M or L, not ${values.scale}`)
  return {
    scale,
    suites: values.only.split(',').map(suiteOf),
    rounds: values.rounds === undefined ? null : roundsOf(values.rounds),
    withPeers: !values['no-peers'],
    isKept: !values.dry,
  }
}

function suiteOf(name: string): Suite {
  const suite = SUITES.find(one => one === name)
  if (suite === undefined) throw new Error(`--only lists ${SUITES.join(', ')}, not ${name}`)
  return suite
}

function roundsOf(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error(`--rounds is a whole number from 1 on, not ${text}`)
  return Number(text)
}
