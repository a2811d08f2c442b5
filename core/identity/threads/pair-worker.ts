import { chunksOf } from '../block/candidate-chunks.ts'
import { createNameReader, type NameReader } from '../columns/name-reader.ts'
import type { EmailTables } from '../compare/email-tables.ts'
import { wordsWith } from '../words/words.ts'
import { portable, revived } from './portable.ts'
import { type PairTask, scoreChunk, sieveFor } from './score-steps.ts'
import { groundParts, type ScoringGround, scorerOf } from './scoring-ground.ts'
import type { Answer, PairOrder } from './second-thread.ts'
import { takeParts } from './shared-work.ts'

export type { PairOrder }

type Order<K extends PairOrder['kind']> = Extract<PairOrder, { kind: K }>

/**
 * The other side of `SecondThread`: does what it is told.
 *
 * @param give sends an answer
 * @returns a function that takes orders one after the other
 *
 * Source: docs/methods/identity.md, "Two threads".
 */
export function createPairWorker(give: (answer: Answer) => void): (order: PairOrder) => void {
  let names: NameReader | null = null
  let ground: ScoringGround | null = null
  const readNames = ({ size, changes, cells, isLast, heard }: Order<'names'>): void => {
    names ??= createNameReader(size, wordsWith(changes))
    names.take(cells)
    say(heard)
    if (!isLast) return
    // Finishing takes a while: it is told of by itself.
    give({ kind: 'names', names: portable(names.finish()) })
    names = null
    say(heard)
  }
  const makeParts = ({ ground: sent, rows, claims }: Order<'ground'>): void => {
    ground = revived(sent) as ScoringGround // made by groundSteps
    const parts = groundParts(ground, rows)
    takeParts(claims, part => give({ kind: 'ground', part, made: portable(parts[part]?.()) }))
  }
  const scorePairs = ({ pairs, tables, claims }: Order<'pairs'>): void => {
    if (ground === null) return
    const task = revived(pairs) as PairTask // both made by scoreSteps
    const scorer = scorerOf(ground, revived(tables) as EmailTables | undefined)
    const chunks = chunksOf(task.candidates)
    const sieve = sieveFor(task, scorer)
    takeParts(claims, part => {
      const chunk = chunks[part]
      if (chunk !== undefined) give({ kind: 'pairs', part, made: scoreChunk(task, chunk, scorer, sieve) })
    })
  }
  return order => {
    if (order.kind === 'names') readNames(order)
    else if (order.kind === 'ground') makeParts(order)
    else scorePairs(order)
  }
}

function say(heard: Int32Array): void {
  Atomics.add(heard, 0, 1)
  Atomics.notify(heard, 0)
}
