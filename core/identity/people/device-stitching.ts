/** What was seen on devices, as columns of equal length in any order; code 0 of a user is "nobody logged in". */
export type Sightings = Readonly<{
  /** Code of the device or of the anonymous id that was seen. */
  device: Uint32Array
  user: Uint32Array
  /** ms since epoch */
  at: Float64Array
}>

/** A stretch of a device's time that is one person's, from the first sighting to the last. `user` 0: nobody's. */
export type DeviceSpan = Readonly<{
  device: number
  user: number
  from: number
  to: number
  sightings: number
  /** `login`: the user was logged in. `before_login`: anonymous, given to the next login. Others: why to nobody. */
  reason: 'login' | 'before_login' | 'never_logged_in' | 'other_user_before' | 'too_long_before'
}>

const DAY = 86_400_000
const MOST_BEFORE_LOGIN = 30 * DAY

/**
 * Splits the time of each device where its login changes, and gives anonymous sightings to the next login.
 *
 * An anonymous sighting belongs to the next user who logs in on the device where nobody else used the device before that,
 * and at most 30 days pass. So a shared device is never back-dated to its last user.
 *
 * @param sightings in any order
 * @returns spans by device, then time; neighbouring sightings of one user and reason are one span
 *
 * Source: docs/methods/identity.md, "Stitching".
 */
export function stitchDevices({ device, user, at }: Sightings): readonly DeviceSpan[] {
  const order = Array.from(device, (_, i) => i).sort(
    // Within range: one of each per sighting.
    (x, y) =>
      (device[x] as number) - (device[y] as number) ||
      (at[x] as number) - (at[y] as number) ||
      (user[x] as number) - (user[y] as number),
  )
  const spans: DeviceSpan[] = []
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to < order.length && device[order[to] as number] === device[order[from] as number]) to++
    spans.push(...spansOf(order.slice(from, to), { device, user, at }))
    from = to
  }
  return spans
}

function spansOf(order: readonly number[], { device, user, at }: Sightings): DeviceSpan[] {
  const users = order.map(i => user[i] as number)
  const times = order.map(i => at[i] as number)
  const next = nextLogins(users)
  const spans: DeviceSpan[] = []
  let before = 0
  let isShared = false
  users.forEach((own, i) => {
    if (own !== 0) {
      isShared ||= before !== 0 && before !== own
      before = own
    }
    const login = next[i] ?? -1
    const found =
      own !== 0
        ? ({ user: own, reason: 'login' } as const)
        : anonymousSpan({
            login,
            user: users[login] ?? 0,
            wait: (times[login] ?? 0) - (times[i] as number),
            before,
            isShared,
          })
    const time = times[i] as number
    const last = spans.at(-1)
    if (last !== undefined && last.user === found.user && last.reason === found.reason)
      spans[spans.length - 1] = { ...last, to: time, sightings: last.sightings + 1 }
    else spans.push({ device: device[order[i] as number] as number, ...found, from: time, to: time, sightings: 1 })
  })
  return spans
}

type Waiting = Readonly<{ login: number; user: number; wait: number; before: number; isShared: boolean }>

function anonymousSpan({ login, user, wait, before, isShared }: Waiting): Pick<DeviceSpan, 'user' | 'reason'> {
  if (login < 0) return { user: 0, reason: 'never_logged_in' }
  if (isShared || (before !== 0 && before !== user)) return { user: 0, reason: 'other_user_before' }
  return wait > MOST_BEFORE_LOGIN ? { user: 0, reason: 'too_long_before' } : { user, reason: 'before_login' }
}

/** Place of the next sighting with a login, -1 where there is none. */
function nextLogins(users: readonly number[]): number[] {
  const next = new Array<number>(users.length).fill(-1)
  for (let i = users.length - 1, login = -1; i >= 0; i--) {
    if (users[i] !== 0) login = i
    next[i] = login
  }
  return next
}
