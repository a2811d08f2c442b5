import type { Output, Parsed } from '#contract/contract'
import {
  addressBookOf,
  handOffOf,
  readTemplate,
  TEMPLATE_IDS,
  type TextGround,
  templatesOf,
  UnitTexts,
  unitRow,
} from '#export'
import { finish } from '#lib/steps'
import { calendarOf, type Day } from '#lib/time'
import type { JudgedUnit } from '#schema/findings'
import { type Readable, readUnits, type ScoreRun } from '#store'
import { addressReader } from './address-reader.ts'
import { billingTerms } from './billing-terms.ts'
import { linksOfRun } from './contact-links.ts'
import { listedTables } from './dataset.ts'
import { handOffTexts, TEMPLATE_TITLES } from './hand-off-texts.ts'
import { modelOfRun, policyOfRun } from './judgement.ts'
import { keptPeople } from './kept-identities.ts'
import { keyEventsOf } from './key-events.ts'
import { listedValues } from './listed-values.ts'
import { exportUnit } from './run-input.ts'
import { keptPart } from './run-parts.ts'
import { stageDaysOf, stageGround } from './stage-days.ts'

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
  const stages = stageGround(db, run)
  const rows = readUnits(db, run.runId, wanted).flatMap(unit => {
    const handOff = handOffOf(unitRow(exportUnit(unit, stages), ground), ground)
    if (handOff === null) return []
    const texts = new UnitTexts(handOff, unit.judged, ground)
    const channel = handOff.channels[0] ?? 'sdr'
    return [
      {
        unitId: handOff.unitId,
        unitName: handOff.name,
        channels: [...handOff.channels],
        payloads: TEMPLATE_IDS.map(id => ({
          id,
          title: TEMPLATE_TITLES[id],
          text: texts.of(id, channel),
        })),
      },
    ]
  })
  return { problems, rows }
}

const known = new WeakMap<Readable, Readonly<{ runId: number; days: Map<string, Day> }>>()

/** As `stageDaysOf`; what it found is kept for the run, so that a text that is being written costs no cells. */
function rememberedDays(db: Readable, run: ScoreRun): (judged: JudgedUnit) => Day | null {
  const before = known.get(db)
  const days = before?.runId === run.runId ? before.days : new Map<string, Day>()
  known.set(db, { runId: run.runId, days })
  const dayOf = stageDaysOf(db, run)
  return judged => {
    const day = days.get(judged.unit.id) ?? dayOf(judged)
    if (day !== null) days.set(judged.unit.id, day)
    return day
  }
}

function groundOf(db: Readable, run: ScoreRun, templates: TextGround['templates']): TextGround {
  const model = modelOfRun(db, run)
  const identities = keptPeople(db, run.runId)
  const contactLinks = finish(linksOfRun(db, run, identities.persons))
  const { dayOf } = calendarOf(model.timeZone)
  const keyEvents = finish(keyEventsOf(db, run))
  return {
    book: addressBookOf({
      dataset: listedTables(db),
      identities,
      values: finish(listedValues(db, { ...identities, contactLinks })),
      contactLinks,
      readAddress: addressReader(db),
    }),
    model,
    dayOf,
    today: dayOf(run.asOf),
    sequences: policyOfRun(db, run).sequences ?? {},
    templates,
    termsOf: billingTerms(db),
    keyEventsOf: workspaceIds => keyEvents.newestOf(workspaceIds),
    stageDayOf: rememberedDays(db, run),
  }
}
