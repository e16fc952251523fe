import { within } from '#core/facts/scopes'
import { factsOf } from '#core/rules/code'
import type { Judgement } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { webhookHandlers } from '#core/rules/webhooks'

const LOOKS_AT_TIME =
  /Date\.now|currentTimeMillis|\bInstant\b|\bClock\b|Duration\.|UtcNow|time\.(?:Now|Since|Unix)|SystemTime|Utc::now|new Date|time\.time|datetime|tolerance|max_?age|expired|\bage\b|too_?old|replay|timedelta|Time\.|\btime\(\)|\bnow\(|Carbon|strtotime|\.ago\b/i

/** A signature with a timestamp that is checked by hand, whatever its age. */
export const replayNotLimited: Judgement = {
  names: ['handler', 'provider', 'seconds'],
  judge: (view) =>
    webhookHandlers(view).flatMap((handler) => {
      const tolerance = handler.provider?.toleranceSeconds ?? null
      const check = factsOf(view.file, 'signature-check').find(
        (fact) =>
          /createHmac$|hmac\.(?:new|New)$|\bHMAC$|HMAC\.(?:hex)?digest$|hash_hmac$|Hmac(?:<\w+>|Sha\d+)?::new_from_slice$/.test(
            fact.captures['callee'] ?? '',
          ) && handler.spans.some((span) => within(fact, span)),
      )
      if (tolerance === null || check === undefined || LOOKS_AT_TIME.test(handler.text)) return []
      return [
        observe(view, check, {
          range: handler.body,
          provider: handler.provider,
          names: {
            handler: handler.label,
            provider: handler.provider?.name ?? '',
            seconds: String(tolerance),
          },
        }),
      ]
    }),
}
