import type { Client } from '#contract/contract'
import { NOBODY, type PersonField, usePerson, type ValueSource } from './identity-person-store.ts'
import { enterIdentity } from './identity-room.ts'
import { refreshSummary } from './project.ts'

let latest = 0

/** The person of a record; the one before stays until it is here. */
export async function loadPerson(client: Pick<Client, 'identity.person'>, id: string): Promise<void> {
  const question = ++latest
  usePerson.setState(state => (state.id === id ? { status: 'loading' } : { ...NOBODY, status: 'loading', id }))
  try {
    const page = await client['identity.person']({ id })
    if (question === latest && usePerson.getState().id === id) usePerson.setState({ status: 'ready', page })
  } catch (error) {
    if (question === latest && usePerson.getState().id === id) usePerson.setState({ status: 'failed', page: null })
    throw error
  }
}

type RoomClient = Parameters<typeof enterIdentity>[0] & Pick<Client, 'identity.person' | 'project.summary'>

/** Says which value of a field holds; null leaves it to the records again. */
export async function pinValue(
  client: RoomClient & Pick<Client, 'identity.pin'>,
  field: PersonField,
  value: string | null,
): Promise<void> {
  const { id } = usePerson.getState()
  if (id === null) return
  await client['identity.pin']({ id, field, value })
  await loadPerson(client, id)
  await enterIdentity(client)
}

/** Says which source is believed first, for every person. */
export async function believeFirst(
  client: RoomClient & Pick<Client, 'identity.setSources'>,
  source: ValueSource,
): Promise<void> {
  const { id } = usePerson.getState()
  await client['identity.setSources']({ order: [source] })
  if (id !== null) await loadPerson(client, id)
  await enterIdentity(client)
}

/** Takes the marked records out of the person for good. */
export async function takeOut(client: RoomClient & Pick<Client, 'identity.split'>): Promise<void> {
  const { marked, page } = usePerson.getState()
  if (marked.length === 0 || page === null) return
  const { contradictions } = await client['identity.split']({ users: [...marked] })
  const [refused] = contradictions
  usePerson.setState({ refused: refused?.sentence ?? null, marked: refused === undefined ? [] : marked })
  if (refused !== undefined) return
  await enterIdentity(client)
  await refreshSummary(client)
  const stays = page.users.find(({ key }) => !marked.includes(key))
  if (stays !== undefined) await loadPerson(client, stays.key)
}
