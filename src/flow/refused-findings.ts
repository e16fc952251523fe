import * as z from 'zod'
import type { Claim } from '#core/findings/finding'
import { clip } from '#core/text/lines'

/** A report of the model that was not taken, as far as it can be read. */
export interface RefusedFinding {
  readonly title: string
  readonly path: string
  readonly because: string
}

/** Keeps the reports that came back with an error until they are mended, so that none is lost unseen. */
export interface RefusedFindings {
  refuse(input: unknown, because: string): void
  /** A report that was taken stands for the refused one that it mends. */
  mend(input: Pick<Claim, 'title' | 'class'>): void
  open(): readonly RefusedFinding[]
  /** What the model is told that wants to end with open ones; null when it was told often enough. */
  reminder(): string | null
}

const REMINDERS = 2
const MAX_TITLE = 120
const MAX_REASON = 160
const MAX_NAMED = 5

const text = z.string().catch('')
/** Whatever the model wrote: only names are read, and only to be shown. */
const Written = z.object({ title: text, path: text, class: text }).catch({
  ...{ title: '', path: '', class: '' },
})

export function createRefusedFindings(redact: (text: string) => string): RefusedFindings {
  let refused: (RefusedFinding & { readonly class: string })[] = []
  let reminders = REMINDERS
  let told = 0
  let arrived = 0
  const shown = (words: string, most: number) =>
    clip(redact(words).replaceAll(/\s+/g, ' ').trim(), most)
  const drop = (index: number) => {
    refused = refused.filter((_, at) => at !== index)
  }
  return {
    refuse(input, because) {
      const read = Written.parse(input)
      const again = refused.findIndex((one) => one.title === shown(read.title, MAX_TITLE))
      if (again !== -1) drop(again)
      arrived += 1
      refused.push({
        title: shown(read.title, MAX_TITLE),
        path: shown(read.path, MAX_TITLE),
        because: shown(because, MAX_REASON),
        class: read.class,
      })
    },
    mend(taken) {
      const title = shown(taken.title, MAX_TITLE)
      const same = refused.findIndex((one) => one.title === title)
      const index = same === -1 ? refused.findIndex((one) => one.class === taken.class) : same
      if (index !== -1) drop(index)
    },
    open: () => refused.map(({ title, path, because }) => ({ title, path, because })),
    reminder() {
      if (refused.length === 0 || reminders === 0 || told === arrived) return null
      reminders -= 1
      told = arrived
      const named = refused.slice(0, MAX_NAMED).map(({ title }) => `"${title}"`)
      const more = refused.length > MAX_NAMED ? ` and ${refused.length - MAX_NAMED} more` : ''
      return `Not finished: reports that came back with an error are no part of the review: ${named.join(', ')}${more}. Mend and report what is true of them, then call finish_review; calling it again leaves them out.`
    },
  }
}
