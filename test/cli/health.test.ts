import { describe, expect, test } from 'vitest'
import { EXPORT } from './support/exports.ts'
import { folderOf, pqlHere } from './support/pql.ts'

async function imported(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = folderOf({ ...EXPORT, ...files })
  const { code, stderr } = await pqlHere(['import', 'in', '--project', 'p.pql'], folder)
  expect(code, stderr).toBe(0)
  return folder
}

const health = (folder: string, ...args: readonly string[]) =>
  pqlHere(['health', '--project', 'p.pql', ...args], folder)

describe('pql health', () => {
  test('prints what was found, worst first, and how the tables fit together', async () => {
    const folder = await imported({ 'in/workspaces.csv': 'workspace_id\n' })
    const { code, stdout } = await health(folder)
    expect(code).toBe(0)
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(/^Checked as of 2026-05-23T10:00:00\.000Z: \d+ of 40 checks found something$/)
    const severities = lines.flatMap(line => /^(critical|warning|note) /.exec(line)?.[1] ?? [])
    expect(severities).toEqual([...severities].sort((a, b) => RANK.indexOf(a) - RANK.indexOf(b)))
    expect(severities[0]).toBe('critical')
    expect(stdout).toContain('events whose user has a row of users')
  })

  test('--json is one document with every check', async () => {
    const { code, stdout } = await health(await imported(), '--json', '--as-of', '2026-05-22')
    expect(code).toBe(0)
    const report = JSON.parse(stdout) as { asOf: number; checks: { code: string; count: number }[] }
    expect(new Date(report.asOf).toISOString()).toBe('2026-05-22T23:59:59.999Z')
    expect(report.checks).toHaveLength(40)
    expect(report.checks.find(({ code: name }) => name === 'event_of_unknown_workspace')?.count).toBe(0)
  })

  test('--check prints the rows behind one check as CSV, with file and line', async () => {
    const { code, stdout, stderr } = await health(await imported(), '--check', 'event_of_unknown_workspace')
    expect(code).toBe(0)
    expect(stdout).toBe(
      'time,event,workspace,user,file,line\r\n2026-05-23T10:00:00.000Z,page,nowhere,u1,events.csv,7\r\n',
    )
    expect(stderr).toContain('1 rows')
  })

  test('a check without findings is a header alone', async () => {
    const { code, stdout } = await health(await imported(), '--check', 'event_copy')
    expect([code, stdout]).toEqual([0, 'time,event,workspace,user,counts,file,line\r\n'])
  })

  test('anomalies are listed, dismissed and opened again', async () => {
    const loop = Array.from({ length: 150 }, (_, i) => {
      const time = new Date(Date.UTC(2026, 4, 22, 9, 0, i * 10)).toISOString()
      return `loop${i},login,${time},w1,u1`
    })
    const text = ['event_id,event_name,timestamp,workspace_id,user_id', ...loop].join('\n')
    const folder = await imported({ 'in/loop_events.csv': text })
    const listed = await health(folder, '--anomalies')
    const id = /^(\S.*?) {2,}loop {2,}150 /m.exec(listed.stdout)?.[1] ?? ''
    expect(id, listed.stdout).not.toBe('')
    const dismissed = await health(folder, '--anomalies', '--dismiss', id)
    expect(dismissed.stdout).toMatch(/ loop +150 .* dismissed /)
    expect((await health(folder, '--anomalies')).stdout).toMatch(/ dismissed /)
    expect((await health(folder, '--anomalies', '--reopen', id)).stdout).not.toMatch(/dismissed/)
    expect(await health(folder, '--confirm', 'nothing')).toMatchObject({ code: 2 })
  })

  test.each<readonly [why: string, args: readonly string[], code: number, says: string]>([
    ['an unknown check', ['--check', 'nonsense'], 2, '--check nonsense is no check; there are missing_table, held_row'],
    ['two ways of printing', ['--check', 'event_copy', '--json'], 2, 'give one of them'],
    ['an impossible date', ['--as-of', '2026-02-30'], 2, '--as-of 2026-02-30 is neither a date'],
  ])('%s is refused', async (_why, args, code, says) => {
    const ended = await health(await imported(), ...args)
    expect(ended.code).toBe(code)
    expect(ended.stderr).toContain(says)
    expect(ended.stdout).toBe('')
  })

  test('a project that is not there is refused', async () => {
    const { code, stderr } = await pqlHere(['health', '--project', 'none.pql'], folderOf())
    expect([code, stderr]).toEqual([2, expect.stringContaining('usage/missing-file')])
  })
})

const RANK = ['critical', 'warning', 'note']
