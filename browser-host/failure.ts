import type { ServerResponse } from 'node:http'
import { AppError } from '#lib/errors'
import { DATA_POLICY, SECURITY_HEADERS } from './content-policy.ts'

/** A request that is answered with an HTTP status and, for the page, an error code. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly code: string

  constructor(status: number, message: string, code = 'contract/bad-input') {
    super(message)
    this.status = status
    this.code = code
  }
}

export const DATA_HEADERS = { ...SECURITY_HEADERS, 'content-security-policy': DATA_POLICY }

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  response.writeHead(status, { ...DATA_HEADERS, 'content-type': 'application/json' }).end(JSON.stringify(value))
}

/** Answers with what went wrong; true where it was a bug, which the caller reports. */
export function sendFailure(response: ServerResponse, error: unknown): boolean {
  const { status, code, message } = described(error)
  if (response.headersSent) response.destroy()
  else {
    // A body that was not read to its end cannot be skipped: the connection ends with the answer.
    response.setHeader('connection', 'close')
    sendJson(response, { code, message }, status)
  }
  return code === 'internal'
}

function described(error: unknown): Readonly<{ status: number; code: string; message: string }> {
  if (error instanceof Refusal) return error
  if (error instanceof AppError) return { status: 400, code: error.code, message: error.message }
  const system = (error as NodeJS.ErrnoException | null)?.code ?? ''
  if (['ENOSPC', 'EDQUOT', 'EFBIG', 'EIO'].includes(system)) {
    return { status: 507, code: 'store/disk', message: `the disk is full or cannot be written (${system})` }
  }
  if (['EACCES', 'EPERM', 'EROFS'].includes(system)) {
    return { status: 403, code: 'store/read-only', message: `the data folder cannot be written to (${system})` }
  }
  return { status: 500, code: 'internal', message: 'unexpected error, see the log' }
}
