import { type IncomingHttpHeaders, request } from 'node:http'

export type RawRequest = Readonly<{
  method?: string
  path: string
  headers?: Readonly<Record<string, string>>
  body?: string | Buffer
}>
export type RawResponse = Readonly<{ status: number; headers: IncomingHttpHeaders; text: string }>

/** One request with exactly these headers and exactly this path, which `fetch` would correct. */
export function rawRequest(
  origin: string,
  { method = 'GET', path, headers = {}, body }: RawRequest,
): Promise<RawResponse> {
  const { hostname, port, host } = new URL(origin)
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers: { host, ...headers }, agent: false }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8')
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text })
      })
      response.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
