import { UNADDRESSED } from '#core/inventory/inventory'

/** Whom a place in the code leads to. */
export interface Owner {
  readonly kind: 'provider' | 'host' | 'library' | 'unaddressed'
  /** A provider's id, a host, a library's name; empty where nothing is known. */
  readonly name: string
}

/** The owner of what leads to nobody who is named. */
export const NOBODY: Owner = { kind: 'unaddressed', name: '' }

/** The id of an owner's integration: `stripe`, `host:api.warehouse.example`, `unaddressed`. */
export function integrationId({ kind, name }: Owner): string {
  if (kind === 'provider') return name
  return kind === 'unaddressed' ? UNADDRESSED : `${kind}:${name}`
}
