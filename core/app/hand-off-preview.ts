import type { Output, Parsed } from '#contract/contract'
import {
  addressBookOf,
  handOffOf,
  type PayloadGround,
  payloadOf,
  readTemplate,
  TEMPLATE_IDS,
  templatesOf,
  unitRow,
} from '#export'
import { calendarOf } from '#lib/time'
import { dataState, type Readable, readUnits, type ScoreRun } from '#store'
import { listedTables } from './dataset.ts'
import { handOffTexts, TEMPLATE_TITLES } from './hand-off-texts.ts'
import { modelOfRun, policyOfRun } from './judgement.ts'
import { keptPeople } from './kept-identities.ts'
import { exportUnit } from './run-input.ts'
import { keptPart, keptRecords } from './run-parts.ts'

type Preview = Output<'handoff.preview'>

/** Units of each list that are shown where none are named. */
const SHOWN = 2

/** What texts say of units of a run. */
export function previewHandOff(
  db: Readable,
  run: ScoreRun,
  { unitIds, templates }: Parsed<'handoff.preview'>,
): Preview {
  const problems = templates.flatMap(({ id, text }) => readTemplate(text).problems.map(problem => ({ id, ...problem })))
  const texts = new Map([...handOffTexts(db), ...templates.map(({ id, text }) => [id, text] as const)])
  const ground = groundOf(db, run, templatesOf(texts))
  const wanted =
    unitIds.length > 0 ? unitIds : keptPart(db, run.runId, 'lists').channels.flatMap(own => own.unitIds.slice(0, SHOWN))
  const rows = readUnits(db, run.runId, wanted).flatMap(unit => {
    const row = unitRow(exportUnit(unit, run), ground)
    const handOff = handOffOf(row, { book: ground.book, dayOf: calendarOf(ground.model.timeZone).dayOf })
    if (handOff === null) return []
    const channel = handOff.channels[0] ?? 'sdr'
    return [
      {
        unitId: handOff.unitId,
        unitName: handOff.name,
        channels: [...handOff.channels],
        payloads: TEMPLATE_IDS.map(id => ({
          id,
          title: TEMPLATE_TITLES[id],
          text: payloadOf(id, handOff, channel, ground),
        })),
      },
    ]
  })
  return { problems, rows }
}

function groundOf(db: Readable, run: ScoreRun, templates: PayloadGround['templates']): PayloadGround {
  const model = modelOfRun(db, run)
  const identities = keptPeople(db, run.runId)
  const links =
    run.dataState === dataState(db) ? { contactLinks: [...keptRecords(db, run.runId, 'contact links')] } : {}
  return {
    book: addressBookOf({ dataset: listedTables(db), identities, ...links }),
    model,
    today: calendarOf(model.timeZone).dayOf(run.asOf),
    sequences: policyOfRun(db, run).sequences ?? {},
    templates,
  }
}
