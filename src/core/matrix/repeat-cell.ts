import type { CallView } from '#core/matrix/call-view'
import { missing, notNeeded, protectedBy, unknown } from '#core/matrix/cell'
import { effectOf } from '#core/matrix/effect'
import { signsOf } from '#core/matrix/language-signs'
import type { Cell } from '#core/matrix/matrix'
import { type Sighting, sightOf } from '#core/matrix/region'

/** The key that makes a repetition of the call harmless: where it stands. */
function keyOf({ unit }: CallView): Sighting | null {
  return sightOf(unit.regions, signsOf(unit.file.language).key)
}

/** Whether a call may be made twice without its effect happening twice. */
export function repeatCell(view: CallView): Cell {
  const { unit, facts, at } = view
  const effect = effectOf(unit)
  if (effect === 'reads') return notNeeded('it only reads')
  if (effect === 'replaces') return notNeeded('done twice it leaves the same')
  const key = keyOf(view)
  if (key !== null) return protectedBy('carries a key', key)
  if (effect === 'unknown') return unknown('what it does on the other side is not known')
  const header = facts.idempotency?.header?.value
  if (header !== undefined)
    return missing(`${view.callee} would know a repetition by ${header}`, at)
  if (unit.open) return unknown('what it is handed may carry a key')
  return missing('a repetition happens twice', at)
}
