import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import { transaction, type Writable } from '#store'
import type { AnswerFile } from './answer-file.ts'
import { decide, missingRecord, stepsOf } from './decide.ts'
import { keepPin } from './keep-pin.ts'
import type { Room } from './room.ts'
import { splitPerson } from './split-person.ts'

type Loaded = Output<'review.load'>
type Terms = Readonly<{ isDry: boolean; batch: string; now: number }>
type Sums = { kept: number; contradictions: Loaded['contradictions']; broken: Loaded['broken'] }

/** Keeps what a file of answers says, as one batch; what cannot hold comes back. Persons are taken as they are before it. */
export function loadAnswers(room: Room, db: Writable, file: AnswerFile, terms: Terms): Loaded {
  return transaction(db, () => {
    const sums: Sums = { kept: 0, contradictions: [], broken: [...file.broken] }
    const there = file.answers.flatMap(({ answer, record }) => {
      const message = missingRecord(room, answer.pair)
      if (message !== null) sums.broken.push({ record, message })
      return message === null ? [answer] : []
    })
    if (there.length > 0) {
      const { kept, contradictions } = decide(room, db, there, terms)
      sums.kept += kept
      sums.contradictions.push(...contradictions)
    }
    for (const one of file.wishes) keepWish(room, db, { ...one, terms }, sums)
    const broken = sums.broken.sort((a, b) => a.record - b.record)
    return { rows: file.rows, kept: sums.kept, contradictions: sums.contradictions, broken, steps: stepsOf(db) }
  })
}

/** A wish that does not fit the data is a broken record like any other. */
function keepWish(
  room: Room,
  db: Writable,
  { wish, record, terms }: AnswerFile['wishes'][number] & Readonly<{ terms: Terms }>,
  sums: Sums,
): void {
  try {
    if (wish.kind === 'pin') keepPin(room, db, { ...wish, ...terms })
    else {
      const { contradictions } = splitPerson(room, db, { ...wish, ...terms })
      sums.contradictions.push(...contradictions)
      if (contradictions.length > 0) return
    }
    sums.kept++
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    sums.broken.push({ record, message: error.message })
  }
}
