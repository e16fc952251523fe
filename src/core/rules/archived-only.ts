import type { Fact } from '#core/facts/fact'
import type { CodeFile } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import type { WebhookHandler } from '#core/rules/webhooks'

/** A call that keeps a note of what came, by its name or by the name of where it is kept. */
const ARCHIVES =
  /(?:\.|->|\b)(?:save|store|insert|create|record|keep|write|append|add|log)_?\w{0,30}(?:payload|raw|audit|archive|log|history)\w{0,20}\(|\b\w{0,30}(?:audit|archive|payload|webhook_?logs?|event_?logs?|request_?logs?|delivery_?logs?)\w{0,20}(?:\.|->)(?:objects\.)?(?:save|store|insert|create|record|keep|write|append|add|log)\w{0,20}\(/i
/** The handler says itself that only the note did not come about. */
const NOTE_LOST =
  /["'`][^"'`\n]{0,60}\b(?:to|not|cannot|could not)\s(?:be\s)?(?:log(?:ged)?|archiv\w{1,3}|audit\w{0,3})\b/i
/** Something that changes more than the note. */
const CHANGES =
  /(?:\.|->|\b)(?:mark|save|store|update|insert|upsert|apply|process|handle|create|credit|activate|fulfil|sync|put|enqueue|publish|persist|delete|cancel)_?\w{0,40}\(/gi
/** What goes on with the event itself. */
const WORKS =
  /(?:^|[^\w.$>])(?:await\s{1,20})?(?:[\w$]{1,60}(?:\.|->)){0,6}_?(?:apply|process|handle|dispatch|fulfil|sync|update|upsert|activate|mark|save)(?:[A-Z_]\w{0,40})?\(/

/** Only a note of the delivery is tried, and the event itself is handled after the catch. */
export function isArchivedOnly(file: CodeFile, { body }: WebhookHandler, fact: Fact): boolean {
  const tried = withoutComments(fact.captures['tried'] ?? '', file.language)
  const noted = ARCHIVES.test(tried) || NOTE_LOST.test(fact.captures['body'] ?? '')
  if (!noted || (tried.match(CHANGES) ?? []).length > 1) return false
  return WORKS.test(withoutComments(file.text.slice(fact.end, body.end), file.language))
}
