import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { NO_DAY } from '#features'
import { DERIVED_KINDS } from '#schema/model'
import { type ScoreGround, scoreUnits } from '#score'
import { defaultScoreQuery } from '../score-query.ts'
import { openScored } from '../scored-project.ts'
import type { Prepare } from '../step.ts'

/** Rows joined before they are handed to the disk. */
const BLOCK = 16_384

/** Writes cells, people, units and our scores as CSV, and the question in both dialects: all that a score peer gets. */
export const writeCells: Prepare = ({ project: path = '', folder = '' }) => {
  const { project, ground } = openScored(path)
  return {
    runs: {
      run: () => {
        rmSync(folder, { recursive: true, force: true })
        mkdirSync(folder, { recursive: true })
        const { cells } = ground.index
        writeCsv(join(folder, 'kinds.csv'), 'kind,name,is_derived', kindLines(ground))
        writeCsv(join(folder, 'cells.csv'), 'unit,person,kind,day,n', cellLines(ground))
        writeCsv(join(folder, 'people.csv'), 'unit,person,factor,is_buyer', peopleLines(ground))
        writeCsv(
          join(folder, 'units.csv'),
          'unit,fit,is_on_trial,trial_end_day,created_day,last_active_day',
          unitLines(ground),
        )
        writeCsv(join(folder, 'expected.csv'), EXPECTED, scoreLines(ground))
        for (const dialect of ['duckdb', 'sqlite'] as const)
          writeCsv(join(folder, `${dialect}.sql`), defaultScoreQuery(ground, dialect), [])
        writeCsv(join(folder, 'duckdb-units.sql'), defaultScoreQuery(ground, 'duckdb', { hasUnitCells: true }), [])
        return { cells: cells.count, units: ground.units.length, persons: ground.index.slots.person.length }
      },
    },
    close: () => project.close(),
  }
}

const EXPECTED = 'unit,activation,depth,expansion,intent,fit,negative,total,score,representative'

function* kindLines({ index }: ScoreGround): Generator<string> {
  for (const [code, name] of index.cells.kinds.entries())
    yield `${code},${name},${(DERIVED_KINDS as readonly string[]).includes(name) ? 1 : 0}`
}

function* cellLines({ index: { cells } }: ScoreGround): Generator<string> {
  const { slots, days } = cells
  for (const [kind, { subject, start, day, n }] of cells.runs.entries())
    for (const [run, slot] of subject.entries())
      for (let i = start[run] ?? 0; i < (start[run + 1] ?? 0); i++)
        yield `${slots.unit[slot]},${slots.person[slot]},${kind},${days[day[i] ?? 0]},${n[i]}`
}

function* peopleLines({ units }: ScoreGround): Generator<string> {
  for (const [u, { people }] of units.entries())
    for (const { person, roleFactor, isAdmin, isChampion } of people)
      yield `${u},${person},${roleFactor},${isAdmin || isChampion ? 1 : 0}`
}

function* unitLines({ units, lastActiveDay }: ScoreGround): Generator<string> {
  for (const [u, { fit, isOnTrial, trialEndDay, createdDay }] of units.entries())
    yield [u, fit.points, isOnTrial ? 1 : 0, trialEndDay, createdDay, dayOrNull(lastActiveDay[u])].join(',')
}

const dayOrNull = (day = NO_DAY): number | null => (day === NO_DAY ? null : day)

function* scoreLines(ground: ScoreGround): Generator<string> {
  const { count, buckets, total, score, representative } = scoreUnits(ground)
  const { activation, depth, expansion, intent, fit, negative } = buckets
  const columns = [activation, depth, expansion, intent, fit, negative, total, score, representative]
  for (let u = 0; u < count; u++) yield [u, ...columns.map(column => column[u])].join(',')
}

function writeCsv(path: string, header: string, lines: Iterable<string>): void {
  const file = openSync(path, 'w')
  let block = [header]
  for (const line of lines) {
    block.push(line)
    if (block.length < BLOCK) continue
    writeSync(file, `${block.join('\n')}\n`)
    block = []
  }
  if (block.length > 0) writeSync(file, `${block.join('\n')}\n`)
  closeSync(file)
}
