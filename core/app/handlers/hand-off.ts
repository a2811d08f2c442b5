import type { Handlers } from '#contract/contract'
import { DEFAULT_TEMPLATES, FIELDS, readTemplate, TEMPLATE_IDS } from '#export'
import { AppError } from '#lib/errors'
import { saveHandOffTemplates } from '#store'
import { type Context, demandProject } from '../context.ts'
import { previewHandOff } from '../hand-off-preview.ts'
import { handOffTexts, TEMPLATE_TITLES } from '../hand-off-texts.ts'
import { demandRun } from './score.ts'

export const handOffHandlers: Pick<Handlers<Context>, 'handoff.templates' | 'handoff.save' | 'handoff.preview'> = {
  'handoff.templates': ctx => {
    const own = handOffTexts(demandProject(ctx).project.db)
    return {
      templates: TEMPLATE_IDS.map(id => ({
        id,
        title: TEMPLATE_TITLES[id],
        text: own.get(id) ?? DEFAULT_TEMPLATES[id],
        isDefault: !own.has(id),
      })),
      fields: Object.entries(FIELDS).map(([name, title]) => ({ name, title })),
    }
  },

  'handoff.save': (ctx, { templates }) => {
    const { db } = demandProject(ctx).project
    for (const { id, text } of templates) {
      const problem = text === null ? undefined : readTemplate(text).problems[0]
      if (problem !== undefined)
        throw new AppError('usage/bad-argument', `${TEMPLATE_TITLES[id]}, line ${problem.line}: ${problem.message}`, {
          template: id,
          line: problem.line,
        })
    }
    saveHandOffTemplates(db, templates)
    return { templates: templates.length }
  },

  'handoff.preview': (ctx, input) => {
    const { db, run } = demandRun(ctx)
    return previewHandOff(db, run, input)
  },
}
