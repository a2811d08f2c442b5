import { AppError } from '#lib/errors'
import { type HeldEntry, listImports, type Readable, waitingPages } from '#store'
import { demandImport, type HeldTask, type KnownChange } from './held-change.ts'
import { inTurns, type Job } from './jobs.ts'
import {
  type Answerer,
  answererSteps,
  effectOf,
  type KnownAnswer,
  knownFixSteps,
  overlayOfAnswer,
} from './known-fixes.ts'

/**
 * What was done about the same rows or values before, once more.
 *
 * @throws AppError usage/bad-argument where there is no such import, or nothing is known of such rows; run/cancelled
 */
export async function knownTask(db: Readable, change: KnownChange, job: Job): Promise<HeldTask> {
  const origin = demandImport(db, change.importId)
  const { code, column, effect } = change
  const where = column === '' ? code : `${code} in ${column}`
  const answerer = await inTurns(answererSteps(db, origin, listImports(db), change), job)
  const fixes = await inTurns(knownFixSteps(db, origin, answerer, change), job)
  const known = fixes.find(each => each.effect === effect)
  if (known === undefined || answerer === null) {
    const message = `nothing is known of the rows of ${origin.file} that ${where} holds; look at the held rows again`
    throw new AppError('usage/bad-argument', message, { importId: origin.importId, code, column })
  }
  const from = [...new Set(known.answers.map(answer => answer.from))].toSorted((a, b) => a - b)
  const pages = new KnownPages(db, change, answerer)
  return {
    origin,
    effect,
    isByRow: false,
    note: { known: effect, code, column, from },
    words: `${effect === 'judge' ? 'fixed' : 'left out'} as in import ${from.join(', ')}, for ${where}`,
    total: known.rows,
    pages: () => pages.rows(),
    overlayOf: entry => {
      const answer = pages.answers.get(entry.heldId)
      return answer === undefined ? null : overlayOfAnswer(origin, entry, answer)
    },
  }
}

/** Rows that are known, with the answers of one page at a time. */
class KnownPages {
  answers: ReadonlyMap<number, KnownAnswer> = new Map()
  private readonly db: Readable
  private readonly change: KnownChange
  private readonly answerer: Answerer

  constructor(db: Readable, change: KnownChange, answerer: Answerer) {
    this.db = db
    this.change = change
    this.answerer = answerer
  }

  *rows(): Generator<readonly HeldEntry[]> {
    for (const page of waitingPages(this.db, this.change)) {
      const answers = new Map<number, KnownAnswer>()
      for (const row of page) {
        const answer = this.answerer(row)
        if (answer !== null && effectOf(answer) === this.change.effect) answers.set(row.heldId, answer)
      }
      this.answers = answers
      yield page.filter(({ heldId }) => answers.has(heldId))
    }
  }
}
