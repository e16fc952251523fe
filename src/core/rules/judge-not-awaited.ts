import { HTTP_PACKAGES, mayRunInBrowser, type OutboundCall, outboundCalls } from '#core/rules/calls'
import { functionAround, isScript } from '#core/rules/code'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { lineBefore } from '#core/rules/scope-text'

/** Methods that change something on the other side. */
const CHANGES =
  /^(?:post|put|patch|delete|create|capture|confirm|refund|charge|transfer|payout|send|sendMail|update|cancel)$/

/** Libraries whose calls go out at once: those of analytics collect them and return nothing. */
const MAKES_REQUESTS: ReadonlySet<string> = new Set([
  ...HTTP_PACKAGES,
  '@sendgrid/mail',
  'nodemailer',
  'resend',
  'stripe',
  'twilio',
])

/** A call that changes something elsewhere, whose promise nobody waits for. */
export const callNotAwaited: Judgement = {
  names: ['call'],
  judge: (view) => {
    if (!isScript(view.file.language) || mayRunInBrowser(view.file)) return []
    return outboundCalls(view.code, view.file)
      .filter((call) => MAKES_REQUESTS.has(call.client.package) && CHANGES.test(call.method))
      .filter((call) => isDropped(view, call))
      .map((call) => observe(view, call.fact, { names: { call: call.callee } }))
  },
}

/** A statement of its own in an async function: neither awaited, returned, chained nor marked as void. */
function isDropped({ file }: View, { fact, callee }: OutboundCall): boolean {
  const around = functionAround(file, fact)
  if (
    around === null ||
    !/^(?:export\s+)?(?:(?:public|private|protected|static)\s+)*async\b/.test(around.text)
  )
    return false
  if (!/^\s*$/.test(lineBefore(file, fact)) || !file.text.startsWith(callee, fact.start))
    return false
  const before = file.text.slice(around.start, fact.start).trimEnd()
  const after = file.text.slice(fact.end, fact.end + 40)
  return /[;{})]$/.test(before) && !/=>\s*[({]?$/.test(before) && /^\s*(?:;|\n\s*[\w}])/.test(after)
}
