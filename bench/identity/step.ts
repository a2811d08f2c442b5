/** One contender in a process of its own, so that its peak of memory is its own; prints one line of JSON. */
const [, , name = '', count = '0', folder = '', first = ''] = process.argv
const measured =
  name === 'ours'
    ? await (await import('./ours.ts')).runOurs(Number(count), folder, first === 'first')
    : await (await import('./duckdb.ts')).runDuckDb(Number(count), folder)
const peakMb = process.resourceUsage().maxRSS / 1024
process.stdout.write(`${JSON.stringify({ ...measured, peakMb })}\n`)
