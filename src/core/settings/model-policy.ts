import type { Settings } from '#core/settings/settings'

/** Why nothing of a repository may be sent to a model. Both are whole sentences for people. */
const WITHHELD = {
  operator: 'The operator of this installation lets nothing of this repository be sent to a model.',
  settings: 'The settings of this repository let nothing of it be sent to a model.',
} as const

/**
 * Whose word keeps a repository from every model; null where nobody's does. Either is enough: the
 * settings take back what the operator grants, and grant nothing that the operator does not.
 *
 * @param granted whether the operator lets this repository be sent to a model
 */
export function withheldBy(settings: Settings, granted: boolean): keyof typeof WITHHELD | null {
  if (!granted) return 'operator'
  return settings.model.mode === 'off' ? 'settings' : null
}

/** The same as a sentence; null where the model may be asked. */
export function withheldBecause(settings: Settings, granted: boolean): string | null {
  const by = withheldBy(settings, granted)
  return by === null ? null : WITHHELD[by]
}
