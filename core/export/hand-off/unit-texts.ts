import type { JudgedUnit } from '#schema/findings'
import type { RoutedChannel, RoutingPolicy } from '#schema/policy'
import type { HandOff } from '../presets/hand-off.ts'
import { DEFAULT_TEMPLATES, TEMPLATE_IDS, type TemplateId } from './default-templates.ts'
import { type FieldGround, FieldSource } from './field-values.ts'
import type { KeptTexts, MadeText } from './kept-texts.ts'
import { fillTemplate, readTemplate, type Template } from './template.ts'

/** What texts are made with. */
export type TextGround = FieldGround &
  Readonly<{
    sequences: NonNullable<RoutingPolicy['sequences']>
    templates: ReadonlyMap<TemplateId, Template>
    /** Where several CRMs get texts of the same units; missing: one does. */
    kept?: KeptTexts
  }>

/**
 * Templates ready to be filled.
 *
 * @param own texts that replace the built-in ones
 *
 * Source: docs/methods/export.md, "Templates".
 */
export function templatesOf(own: ReadonlyMap<TemplateId, string>): ReadonlyMap<TemplateId, Template> {
  return new Map(TEMPLATE_IDS.map(id => [id, readTemplate(own.get(id) ?? DEFAULT_TEMPLATES[id]).template]))
}

/**
 * The texts of one unit, each made once, and so is what its fields say.
 *
 * Source: docs/methods/export.md, "Hand-off".
 */
export class UnitTexts {
  private readonly unit: HandOff
  private readonly judged: JudgedUnit
  private readonly ground: TextGround
  /** Most units get no text of a CRM: it is made when the first is asked for. */
  private fields: FieldSource | null = null
  private readonly made: MadeText[] = []

  constructor(unit: HandOff, judged: JudgedUnit, ground: TextGround) {
    this.unit = unit
    this.judged = judged
    this.ground = ground
  }

  /**
   * The text of a hand-off.
   *
   * @param id which
   * @param channel that it is made for
   */
  of(id: TemplateId, channel: RoutedChannel): string {
    const { templates, sequences, kept } = this.ground
    const isIt = (one: MadeText): boolean => one.id === id && one.channel === channel
    const known = this.made.find(isIt) ?? kept?.of(this.unit.unitId).find(isIt)
    if (known !== undefined) return known.text
    this.fields ??= new FieldSource(this.unit, this.judged, this.ground)
    const { fields } = this
    const text = fillTemplate(templates.get(id) ?? [], field => {
      if (field === 'destination') return channel
      return field === 'sequence' ? (sequences[channel] ?? null) : fields.valueOf(field)
    })
    const made = { id, channel, text }
    this.made.push(made)
    kept?.keep(this.unit.unitId, made)
    return text
  }
}
