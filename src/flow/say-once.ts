import { type MarkerKeys, type MarkerScope, marker, readMarkers } from '#core/render/marker'
import { redact } from '#core/text/redact'
import type { AnswerRecord } from '#flow/conversation-port'
import { effectOnce } from '#flow/effect-once'
import type { Clock } from '#flow/ports'
import type { PullRequest } from '#flow/pull-request-port'

/** What saying something takes besides the conversation. */
export interface SayNeeds {
  readonly clock: Clock
  readonly visibilityMs: number
  readonly markerKeys: MarkerKeys
  readonly secrets: readonly string[]
}

/** A comment that is answered, and the durable record of its answer. */
export interface SayTo {
  readonly record: AnswerRecord
  readonly scope: MarkerScope
  readonly surface: 'conversation' | 'thread'
  readonly commentId: number
  /** The comment that begins the thread; null outside of threads: then the conversation is used. */
  readonly root: number | null
}

/**
 * Answers a comment once, whatever crashes, where it was written: the words are made once and
 * frozen, and the posted answer is marked with the comment that it is for. Secrets are masked.
 */
export async function sayOnce(
  needs: SayNeeds,
  pull: PullRequest,
  to: SayTo,
  words: () => Promise<string>,
): Promise<void> {
  const { record, scope, root } = to
  const known = await record.effect('post-answer')
  if (known?.status === 'done') return
  const value = `${to.surface}-${to.commentId}`
  const find = async () => {
    const { reader } = pull
    const posts = root === null ? await reader.ownComments() : await reader.ownThreadComments()
    const posted = posts.find((post) =>
      readMarkers(post.body, 'answer', scope, needs.markerKeys).includes(value),
    )
    return posted === undefined ? null : String(posted.id)
  }
  // A store that is younger than the answer must not make another one.
  const before = known === null ? await find() : null
  if (before !== null) return record.done('post-answer', before)
  const said =
    (await record.words()) ?? (await record.freeze(redact(await words(), needs.secrets).text))
  const body = `${said}\n\n${marker('answer', value, scope, needs.markerKeys)}`
  await effectOnce(
    { run: record, clock: needs.clock, visibilityMs: needs.visibilityMs },
    {
      step: 'post-answer',
      find: known === null ? async () => null : find,
      async write() {
        const writer = await pull.writer()
        const id = root === null ? writer.createComment(body) : writer.replyInThread(root, body)
        return String(await id)
      },
    },
  )
}
