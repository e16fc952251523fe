/** Names in parts, such as `@slack/web-api` or `com.stripe.model`, each leading to something known. */
export interface NameTable<Id> {
  /** A name that ends in the separator and `*` covers the name before it and all below it. */
  add(name: string, id: Id): void
  /** The id of the longest name that covers `name`. */
  find(name: string): Id | null
}

/** Parts beyond these are not looked at: no real name has so many, hostile text may. */
const MAX_PARTS = 24

/** Lookups cost one map access per part of the asked name, however many names there are. */
export function createNameTable<Id>(separator: string): NameTable<Id> {
  const exact = new Map<string, Id>()
  const open = new Map<string, Id>()
  return {
    add(name, id) {
      if (name.endsWith(`${separator}*`)) open.set(name.slice(0, -1 - separator.length), id)
      else exact.set(name, id)
    },
    find(name) {
      const known = exact.get(name)
      if (known !== undefined) return known
      let rest = name
      for (let parts = 0; parts < MAX_PARTS; parts += 1) {
        const id = open.get(rest)
        if (id !== undefined) return id
        const end = rest.lastIndexOf(separator)
        if (end < 0) return null
        rest = rest.slice(0, end)
      }
      return null
    },
  }
}
