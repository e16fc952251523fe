import { announcedText } from '#core/job/announced-text'
import type { Trigger } from '#core/job/job'
import type { Gathered } from '#flow/gather'

/** What stands in the place of a description that was edited; the model is told no more of it. */
const EDITED =
  'Title and description were edited after this review was asked for, and are left out.'

/**
 * The change in the words that stood there when somebody asked for its review: a title or a
 * description that was edited since reaches nobody. A review that began by itself, or whose event
 * named no words, is left as it is.
 */
export function asAnnounced(gathered: Gathered, trigger: Trigger): Gathered {
  if (trigger.kind !== 'command' || trigger.announced === undefined) return gathered
  const { snapshot, notes } = gathered
  if (announcedText(snapshot.title, snapshot.description) === trigger.announced) return gathered
  return {
    ...gathered,
    snapshot: { ...snapshot, title: '', description: EDITED },
    notes: [
      ...notes,
      'title and description were edited after the review was asked for, and are left out',
    ],
  }
}
