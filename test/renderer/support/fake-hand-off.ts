import type { Client, Output } from '#contract/contract'
import { AppError } from '#lib/errors'

type Template = Output<'handoff.templates'>['templates'][number]
type Names = 'handoff.templates' | 'handoff.save' | 'handoff.preview'

const BUILT_IN: readonly Template[] = [
  { id: 'sdr_task', title: 'SDR task', text: 'Account: {account}\nScore {score}', isDefault: true },
  { id: 'in_app', title: 'In-app prompt', text: '{in_app_prompt}', isDefault: true },
]
const VALUES: Readonly<Record<string, string>> = {
  account: 'Tarnbrook',
  score: '91.2',
  in_app_prompt: 'Invite the team',
}

const problemsOf = ({ id, text }: Pick<Template, 'id' | 'text'>): Output<'handoff.preview'>['problems'] =>
  text
    .split('\n')
    .flatMap((line, place) =>
      [...line.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) =>
        name in VALUES ? [] : [{ id, line: place + 1, message: `there is no field {${name}}` }],
      ),
    )

/** Two texts and two workspaces that they are filled in for. */
export function handOffHandlers(): Pick<Client, Names> {
  const own = new Map<string, string>()
  const kept = (): Template[] =>
    BUILT_IN.map(template => ({
      ...template,
      text: own.get(template.id) ?? template.text,
      isDefault: !own.has(template.id),
    }))
  return {
    'handoff.templates': async () => ({
      templates: kept(),
      fields: Object.keys(VALUES).map(name => ({ name, title: name.replaceAll('_', ' ') })),
    }),
    'handoff.save': async ({ templates }) => {
      for (const { id, text } of templates) {
        if (text === null) own.delete(id)
        else if (problemsOf({ id, text }).length > 0) throw new AppError('usage/bad-argument', `${id} is wrong`)
        else own.set(id, text)
      }
      return { templates: templates.length }
    },
    'handoff.preview': async ({ templates = [] }) => {
      const texts = kept().map(template => templates.find(({ id }) => id === template.id) ?? template)
      return {
        problems: texts.flatMap(problemsOf),
        rows: ['Tarnbrook Labs', 'Velmora'].map((unitName, place) => ({
          unitId: `ws_${place}`,
          unitName,
          channels: ['sdr'],
          payloads: texts.map(({ id, text }) => ({
            id,
            title: id,
            text: `${text.replaceAll(/\{(\w+)\}/g, (_, name: string) => VALUES[name] ?? '')} for ${unitName}`,
          })),
        })),
      }
    },
  }
}
