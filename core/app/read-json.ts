import { AppError, type ErrorCode } from '#lib/errors'

/** A JSON text as a value. @throws AppError with the code given where it is none */
export function readJson(json: string, code: ErrorCode): unknown {
  try {
    return JSON.parse(json)
  } catch (cause) {
    throw new AppError(code, `this is not JSON: ${(cause as Error).message}`, {}, { cause }) // JSON.parse throws Errors
  }
}
