import { emailReader, settingsIn } from '#identity'
import { calendarOf } from '#lib/time'
import { identityDecisions, type Readable } from '#store'
import { modelInForce } from '../judgement.ts'
import { sourceOrderOf } from './source-order.ts'

/** What values of persons are chosen by in a project, pins aside. */
export function valueRules(db: Readable) {
  const { domains, words } = settingsIn(identityDecisions(db))
  return {
    sources: sourceOrderOf(db),
    calendar: calendarOf(modelInForce(db).model.timeZone),
    words,
    read: emailReader(domains, words),
  }
}
