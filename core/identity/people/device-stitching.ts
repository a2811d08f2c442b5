/** What was seen on devices, as columns of equal length in any order; code 0 of a user is "nobody logged in". */
export type Sightings = Readonly<{
  /** Code of the device or of the anonymous id that was seen, from 0 on. */
  device: Uint32Array
  user: Uint32Array
  /** ms since epoch */
  at: Float64Array
}>

/** What is known of the devices themselves. */
export type DeviceFacts = Readonly<{
  /** Per device: the one user whose own record names it, `SEVERAL` where more than one does, 0 where none does. */
  holder: Int32Array
  /** Per device its namespace: 0 or 1. Devices of the two are limited apart. */
  kinds: Uint8Array
  /** Order of devices by id; ties of time are broken by it. */
  compare(a: number, b: number): number
}>

/** Holder of a device that several users' records name. */
export const SEVERAL = -1

/** What became of a sighting, by the code in `Stitches.verdict`. */
export const STITCH_VERDICTS = [
  'login',
  'before_login',
  'never_logged_in',
  'other_user',
  'too_long_before',
  'too_many_devices',
] as const
export type StitchVerdict = (typeof STITCH_VERDICTS)[number]

/** Whose each sighting is, in the order of the sightings. */
export type Stitches = Readonly<{
  /** 0 is nobody's; of a login its own user. */
  user: Uint32Array
  /** Position in `STITCH_VERDICTS`. */
  verdict: Uint8Array
  /** The login that an anonymous sighting goes to, ms; NaN where it goes to none. */
  loginAt: Float64Array
}>

const DAY = 86_400_000
const MOST_BEFORE_LOGIN = 30 * DAY
/** Devices, and likewise anonymous ids, that one user gets anonymous sightings of. */
const MOST_STITCHED = 20

const codeOf = (verdict: StitchVerdict): number => STITCH_VERDICTS.indexOf(verdict)
const [LOGIN, BEFORE_LOGIN, NEVER, OTHER, TOO_LONG, TOO_MANY] = [
  codeOf('login'),
  codeOf('before_login'),
  codeOf('never_logged_in'),
  codeOf('other_user'),
  codeOf('too_long_before'),
  codeOf('too_many_devices'),
]

/**
 * Gives anonymous sightings of devices to whoever logs in next.
 *
 *   next(s)  = the earliest login on the device at or after the sighting
 *   given(s) = next has one user, who alone logged in before s; no other user's record names the device;
 *              next - s <= 30 days; the device is among the first 20 of its namespace that the user gets sightings of
 *
 * So a shared device is never back-dated to its last user, and what follows the last login is nobody's. Equal times have no
 * order: two users at one instant are two users.
 *
 * @param sightings in any order; the answer is the same for each of them
 * @param facts     holder and order of every device that occurs
 * @returns one verdict per sighting
 *
 * Source: docs/methods/identity.md, "Stitching".
 */
export function stitchDevices(sightings: Sightings, facts: DeviceFacts): Stitches {
  const { device, user, at } = sightings
  const stitches: Stitches = {
    user: user.slice(),
    verdict: new Uint8Array(device.length).fill(LOGIN),
    loginAt: new Float64Array(device.length).fill(Number.NaN),
  }
  const { order, start } = byDevice(device, facts.holder.length)
  for (let code = 0; code < facts.holder.length; code++) {
    // Within range: a start more than devices; places are of sightings.
    const own = order.subarray(start[code], start[code + 1])
    if (own.some((place, i) => i > 0 && (at[own[i - 1] as number] as number) > (at[place] as number)))
      own.sort((a, b) => (at[a] as number) - (at[b] as number))
    stitchOne(own, { sightings, holder: facts.holder[code] as number, stitches })
  }
  limitDevices(sightings, stitches, facts)
  return stitches
}

/** Places of sightings, those of one device together, and where each device begins. */
function byDevice(device: Uint32Array, devices: number): Readonly<{ order: Uint32Array; start: Uint32Array }> {
  const start = new Uint32Array(devices + 1)
  // Within range: codes lie below the number of devices.
  for (const code of device) start[code + 1] = (start[code + 1] as number) + 1
  for (let code = 0; code < devices; code++) start[code + 1] = (start[code + 1] as number) + (start[code] as number)
  const next = start.slice()
  const order = new Uint32Array(device.length)
  for (let i = 0; i < device.length; i++) {
    const code = device[i] as number
    const place = next[code] as number
    order[place] = i
    next[code] = place + 1
  }
  return { order, start }
}

type Device = Readonly<{ sightings: Sightings; holder: number; stitches: Stitches }>

/** Adds a user to those seen so far: 0 nobody, else the one user, `SEVERAL` where there are more. */
const seen = (before: number, user: number): number => (before === 0 || before === user ? user : SEVERAL)

/** The sightings of one instant on a device: up to which place they go, and who was logged in. */
type Instants = Readonly<{ end: number[]; login: number[]; at: number[] }>

function instantsOf(places: Uint32Array, { user, at }: Sightings): Instants {
  const instants: Instants = { end: [], login: [], at: [] }
  for (let from = 0; from < places.length; ) {
    // Within range: places are of sightings.
    const now = at[places[from] as number] as number
    let login = 0
    for (; from < places.length && at[places[from] as number] === now; from++) {
      const own = user[places[from] as number] as number
      if (own !== 0) login = seen(login, own)
    }
    instants.end.push(from)
    instants.login.push(login)
    instants.at.push(now)
  }
  return instants
}

/** The sightings of one device, which are given by rising time. */
function stitchOne(places: Uint32Array, { sightings, holder, stitches }: Device): void {
  const { end, login, at } = instantsOf(places, sightings)
  // Within range: one next login per instant, the last of which has none after it.
  const next = new Int32Array(end.length)
  for (let i = end.length - 1, found = -1; i >= 0; i--) {
    if (login[i] !== 0) found = i
    next[i] = found
  }
  let before = 0
  for (let i = 0; i < end.length; i++) {
    const ahead = next[i] as number
    const [user, loginAt] = [login[ahead] ?? 0, at[ahead] ?? Number.NaN]
    const verdict = verdictOf({ next: user, wait: loginAt - (at[i] as number), before, holder })
    for (let place = end[i - 1] ?? 0; place < (end[i] as number); place++)
      giveTo(stitches, places[place] as number, { verdict, user, loginAt })
    if (login[i] !== 0) before = seen(before, login[i] as number)
  }
}

/** What a sighting by nobody comes to; one with a login stays as it is. */
function giveTo(
  stitches: Stitches,
  sighting: number,
  { verdict, user, loginAt }: Readonly<{ verdict: number; user: number; loginAt: number }>,
): void {
  if (stitches.user[sighting] !== 0) return
  stitches.verdict[sighting] = verdict
  if (verdict !== BEFORE_LOGIN) return
  stitches.user[sighting] = user
  stitches.loginAt[sighting] = loginAt
}

type Ahead = Readonly<{ next: number; wait: number; before: number; holder: number }>

function verdictOf({ next, wait, before, holder }: Ahead): number {
  if (next === 0) return NEVER
  if (next === SEVERAL || (before !== 0 && before !== next) || (holder !== 0 && holder !== next)) return OTHER
  return wait > MOST_BEFORE_LOGIN ? TOO_LONG : BEFORE_LOGIN
}

/** A device that a user gets sightings of, and its earliest login among them. */
type Edge = { user: number; device: number; loginAt: number }

/** Takes back what a user gets of more devices than there may be; the earliest logins stay. */
function limitDevices({ device }: Sightings, stitches: Stitches, facts: DeviceFacts): void {
  const keyOf = (i: number): number => (stitches.user[i] as number) * facts.holder.length + (device[i] as number) // of one length
  const edges = new Map<number, Edge>()
  for (let i = 0; i < device.length; i++) {
    if (stitches.verdict[i] !== BEFORE_LOGIN) continue
    const loginAt = stitches.loginAt[i] as number
    const known = edges.get(keyOf(i))
    if (known !== undefined) known.loginAt = Math.min(known.loginAt, loginAt)
    else edges.set(keyOf(i), { user: stitches.user[i] as number, device: device[i] as number, loginAt })
  }
  const refused = tooMany(edges, facts)
  if (refused.size === 0) return
  for (let i = 0; i < device.length; i++) {
    if (stitches.verdict[i] !== BEFORE_LOGIN || !refused.has(keyOf(i))) continue
    stitches.user[i] = 0
    stitches.loginAt[i] = Number.NaN
    stitches.verdict[i] = TOO_MANY
  }
}

/** Keys of the edges of each user beyond those that it may have of their namespace. */
function tooMany(edges: ReadonlyMap<number, Edge>, { compare, kinds }: DeviceFacts): ReadonlySet<number> {
  const refused = new Set<number>()
  for (const own of Map.groupBy(edges, ([, { user, device }]) => 2 * user + (kinds[device] as number)).values()) {
    if (own.length <= MOST_STITCHED) continue
    own.sort(([, a], [, b]) => a.loginAt - b.loginAt || compare(a.device, b.device))
    for (const [key] of own.slice(MOST_STITCHED)) refused.add(key)
  }
  return refused
}
