import type { Output } from '#contract/contract'
import { AppError } from '#lib/errors'
import type { Session } from './engine.ts'

type Found = Output<'identity.find'>['found'][number]
export type NamedRecord = 'user' | 'workspace'

const MOST_READ = 50
const MOST_NAMED = 10

/**
 * Id of the user or workspace that is called so: by name, by address or by domain, without case. An id, and what nothing is
 * called, is given back as it is.
 *
 * @throws AppError usage/bad-argument where several are called so
 */
export async function recordIdOf({ client }: Session, object: NamedRecord, called: string): Promise<string> {
  const text = called.trim()
  if (text === '' || text.length > 200) return called
  const { found } = await client['identity.find']({ object, text, limit: MOST_READ })
  if (found.some(({ key }) => key === called)) return called
  const wanted = text.toLowerCase()
  const alike = found.filter(({ title, subtitle }) => [title, subtitle].some(name => name?.toLowerCase() === wanted))
  const [one, other] = alike
  if (one === undefined) return called
  if (other === undefined) return one.key
  const more = alike.length > MOST_NAMED ? `; and ${alike.length - MOST_NAMED} more` : ''
  throw new AppError(
    'usage/bad-argument',
    `${alike.length} ${object}s are called ${called}; give an id: ${alike.slice(0, MOST_NAMED).map(listed).join('; ')}${more}`,
    { [object]: called },
  )
}

function listed({ key, title, subtitle }: Found): string {
  const about = [title === key ? null : title, subtitle].filter(part => part !== null)
  return about.length === 0 ? key : `${key} (${about.join(', ')})`
}
