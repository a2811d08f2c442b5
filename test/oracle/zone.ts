const DAY = 86_400_000
const QUARTER = 900_000

/** A time as a cell gives it: its instant, and its calendar day in the model's zone. */
export type Time = Readonly<{ ms: number; day: number; isDate: boolean }>

/** Calendar of the model's zone, read from the platform's clock faces. */
export type Zone = Readonly<{
  dayOf(ms: number): number
  startOf(day: number): number
  read(text: string): Time | null
}>

/**
 * @param modelZone where days are counted
 * @param columnZone where times without an offset are read
 */
export function zoneOf(modelZone: string, columnZone = 'UTC'): Zone {
  const face = clockFace(modelZone)
  const columnFace = clockFace(columnZone)
  const dayOf = (ms: number): number => Math.floor(face(ms) / DAY)
  const starts = new Map<number, number>()
  const startOf = (day: number): number => {
    let start = starts.get(day)
    if (start !== undefined) return start
    start = day * DAY - 16 * 3_600_000
    while (dayOf(start) < day) start += QUARTER
    starts.set(day, start)
    return start
  }
  const read = (text: string): Time | null => {
    if (text === '') return null
    if (/^\d{4}-\d\d-\d\d$/.test(text)) {
      const day = Date.parse(`${text}T00:00:00Z`) / DAY
      return { ms: startOf(day), day, isDate: true }
    }
    const ms = instantOf(text, columnFace)
    return { ms, day: dayOf(ms), isDate: false }
  }
  return { dayOf, startOf, read }
}

function instantOf(text: string, columnFace: (ms: number) => number): number {
  if (/^\d{9,10}$/.test(text)) return Number(text) * 1000
  if (/^\d{12,13}$/.test(text)) return Number(text)
  const [, date, time, fraction = '', offset] = /^(\S{10})[T ]([\d:]+)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? []
  if (date === undefined || time === undefined) throw new Error(`the oracle cannot read the time ${text}`)
  const clock = `${date}T${time.length === 5 ? `${time}:00` : time}${`${fraction || '.'}000`.slice(0, 4)}`
  if (offset !== undefined) return Date.parse(`${clock}${offset}`)
  const wall = Date.parse(`${clock}Z`)
  const offsets = [wall - DAY, wall + DAY].map(near => columnFace(near) - near)
  const meant = offsets.map(offset => wall - offset).sort((a, b) => a - b)
  return meant.find(ms => columnFace(ms) === wall) ?? wall - (offsets[0] ?? 0)
}

/** What a clock on the wall shows at an instant, as ms since 1970 of that clock. */
function clockFace(timeZone: string): (ms: number) => number {
  if (timeZone === 'UTC') return ms => ms
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  const offsets = new Map<number, number>()
  return ms => {
    const quarter = Math.floor(ms / QUARTER) * QUARTER
    let offset = offsets.get(quarter)
    if (offset === undefined) {
      offset = Date.parse(`${format.format(quarter).replace(' ', 'T')}Z`) - quarter
      offsets.set(quarter, offset)
    }
    return ms + offset
  }
}
