import type { MomentKind } from '#core/matrix/delivery-signs'
import type { Moment } from '#core/matrix/moment'
import type { Way } from '#core/matrix/way'

/** Others are told that something was done: no queue of work, where the work is stored already. */
export const NEWS = /\bPutEvents\w*|\bput_events\b/

/** The first thing that outlives the process and is more than an id. */
export function durableOf(way: Way): Moment | undefined {
  const later = afterCheck(way)
  const kept = keptIn(later)
  if (kept?.kind !== 'enqueue') return kept
  // What was stored before the sender was known is stored all the same.
  const before = way.moments.slice(0, way.moments.length - later.length)
  return (
    before.find(({ kind, carries, part }) => isKept(kind) && carries && part === 'handler') ?? kept
  )
}

const isKept = (kind: MomentKind) => kind === 'store' || kind === 'claim'

function keptIn(later: readonly Moment[]): Moment | undefined {
  const keeps = ({ kind, carries, text }: Moment) =>
    kind === 'store' || (kind === 'enqueue' && !NEWS.test(text)) || (kind === 'claim' && carries)
  const kept = later.filter(keeps)
  return (
    (isChange(kept[0]) ? kept.find((one) => one.carries) : kept[0]) ??
    kept[0] ??
    later.find(({ kind }) => kind === 'enqueue') ??
    later.find(({ kind, text }) => kind === 'claim' && keepsMore(text))
  )
}

/** A row of something else that is changed: the work, and not the delivery itself. */
function isChange(moment: Moment | undefined): boolean {
  return moment?.kind === 'store' && !moment.carries && /\bupdate\s+\S+\s+set\b/i.test(moment.text)
}

const COLUMN = /\b(\w+)["']?\s*(?::|=>|=(?!=))|\binto\s+\S+\s*\(([^)]{1,400})\)/gi
/** What says of a delivery only which it is. */
const NAMES_ONLY =
  /^(?:id|\w*_?(?:id|key)|\w+(?:Id|Key|At)|\w*_at|\w*_?type|topic|kind|source|provider|status|state|data|values?|create|update|where|text|name)$/i

/** Whether a claim keeps what the delivery leads to, besides the id that it is about. */
function keepsMore(text: string): boolean {
  const columns = [...text.matchAll(COLUMN)].flatMap(([, one, all]) =>
    (one ?? all ?? '').split(',').map((column) => column.replaceAll(/\W/g, '')),
  )
  return columns.filter((column) => column !== '' && !NAMES_ONLY.test(column)).length > 1
}

/** What happens once the sender is known; everything, where nobody looks. */
export function afterCheck({ moments }: Way): readonly Moment[] {
  const checked = moments.findLastIndex(
    ({ kind, part }) => kind === 'verify' && (part === 'before' || part === 'handler'),
  )
  return moments.slice(checked + 1)
}
