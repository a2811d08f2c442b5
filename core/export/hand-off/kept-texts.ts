import type { RoutedChannel } from '#schema/policy'
import { TASK_CHANNELS } from '../routing-files.ts'
import type { TemplateId } from './default-templates.ts'

/** A text that was made for a channel. */
export type MadeText = Readonly<{ id: TemplateId; channel: RoutedChannel; text: string }>

/** What is kept of an export to several CRMs, in characters; texts beyond that are made again. */
const MOST_CHARACTERS = 1 << 26

/**
 * Texts of units for one CRM after the other: those that most CRMs get are made once. What is for mail and for the product goes to
 * one of them alone, and is not kept.
 *
 * Source: docs/methods/export.md, "Several CRMs".
 */
export class KeptTexts {
  private readonly byUnit = new Map<string, MadeText[]>()
  private characters = 0

  /** What was made of a unit so far. */
  of(unitId: string): readonly MadeText[] {
    return this.byUnit.get(unitId) ?? []
  }

  /** Keeps a text while there is room. */
  keep(unitId: string, made: MadeText): void {
    const isWork = TASK_CHANNELS.some(channel => channel === made.channel)
    if (!isWork || this.characters + made.text.length > MOST_CHARACTERS) return
    this.characters += made.text.length
    const texts = this.byUnit.get(unitId)
    if (texts === undefined) this.byUnit.set(unitId, [made])
    else texts.push(made)
  }
}
