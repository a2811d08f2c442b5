import { AppError } from '#lib/errors'

const refuse = async (): Promise<never> => await Promise.reject(new AppError('contract/unknown-method', 'not faked'))

/** Calls of rules that no view makes yet. */
export const routeHandlers = {
  'routing.policy': refuse,
  'routing.check': refuse,
  'routing.save': refuse,
  'routing.versions': refuse,
  'routing.version': refuse,
  'routing.revert': refuse,
  'routing.explain': refuse,
  'handoff.templates': refuse,
  'handoff.save': refuse,
  'handoff.preview': refuse,
  'export.presets': refuse,
  'export.dryRunEach': refuse,
  'export.deliverEach': refuse,
  'export.deliveries': refuse,
}
