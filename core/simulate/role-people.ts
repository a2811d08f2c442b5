import type { Slots } from '#schema/cells'
import type { ScoringModel } from '#schema/model'
import { type PersonColumns, peopleOf, type RoleColumns } from '#score'

const FACTORS = ['admin', 'manager', 'contributor', 'other'] as const
/** Two kernels that move one after the other, and the factors that are next. */
const ROOMS = 3

type Roles = ScoringModel['roles']
type Columns = Readonly<{ roles: RoleColumns; cells: Readonly<{ slots: Slots }> }>
type Room = Readonly<{ roles: Roles; people: PersonColumns }>

/** Factors, standings and candidates by the factors of roles; those asked for last are kept, in the room of those before. */
export class RolePeople {
  private readonly columns: Columns
  /** Asked for last, first. */
  private rooms: readonly Room[] = []

  constructor(columns: Columns) {
    this.columns = columns
  }

  /** @returns one object for one set of factors as long as it is kept, and never the same for another */
  of(roles: Roles): PersonColumns {
    const known = this.rooms.find(room => FACTORS.every(role => room.roles[role] === roles[role]))
    const taken = known ?? { roles, people: this.filled(roles) }
    const others = this.rooms.filter(room => room !== known)
    this.rooms = [taken, ...others.slice(0, ROOMS - 1)]
    return taken.people
  }

  private filled(roles: Roles): PersonColumns {
    const { roles: rows, cells } = this.columns
    const spare = this.rooms.length < ROOMS ? undefined : this.rooms.at(-1)?.people
    const filled = peopleOf(rows, cells.slots.start, roles, spare)
    const { factor, standing, firstSlot, candidate, candidateStart, unitStanding, firstUnit } = filled
    // In the order in which room is made, so that hot loops see one shape of object.
    return { factor, standing, firstSlot, candidate, candidateStart, unitStanding, firstUnit }
  }
}
