import { type Client, contract, type MethodName } from '#contract/contract'
import { AppError } from '#lib/errors'

const refuse = async (): Promise<never> => await Promise.reject(new AppError('contract/unknown-method', 'not faked'))

/** Every call refused: what a faked client does not answer. Fakes come after it. */
export const refusedHandlers = Object.fromEntries(
  (Object.keys(contract) as MethodName[]).map(name => [name, refuse]),
) as Record<MethodName, typeof refuse> satisfies Client
