import { within } from '#core/facts/scopes'
import { fileOfImport } from '#core/rules/clients'
import { type Code, type CodeFile, factsOf } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { importsOf } from '#core/rules/imports'
import type { View } from '#core/rules/observation'
import { reachedFrom, textOf } from '#core/rules/reach'
import type { WebhookHandler } from '#core/rules/webhooks'

/**
 * PayPal's older messages carry no signature: who gets one posts it back and is told whether it is
 * real, https://developer.paypal.com/api/nvp-soap/ipn/IPNImplementation.
 */
export const ASKS_BACK = /_notify-validate\b/

/** Something is handed to an object that the class holds: `$this->notices->take($request->all())`. */
const TOLD = /(?:\$this->|\bthis\.)(\w{1,60})(?:->|\.)(\w{1,60})\(\s*(?!\))/g
const MAX_SERVICES = 20

/**
 * Whether a service that the handler's class holds, and that is told of the delivery, looks at who
 * sent it. Its class stands in a file at hand; only what the called method runs through counts.
 */
export function isCheckedByService(view: View, { text }: WebhookHandler): boolean {
  const told = [...text.matchAll(TOLD)].slice(0, MAX_SERVICES)
  if (told.length === 0) return false
  const code = withoutComments(view.file.text, view.file.language)
  return told.some(([, held = '', method = '']) => {
    const home = homeOf(view, typeIn(code, held))
    return home !== null && checksIn(home, method)
  })
}

function homeOf({ code, file }: View, type: string | null): CodeFile | null {
  if (type === null) return null
  const imported = importsOf(file).find(({ local }) => local === type)
  return imported === undefined ? besides(code, file, type) : fileOfImport(code, file, imported)
}

/** The class by which a field or a parameter of the constructor is declared. */
function typeIn(code: string, held: string): string | null {
  const declared = new RegExp(
    `\\b([A-Z]\\w{1,80})\\s+\\$?${held}\\b\\s*[,;)=]|\\b${held}\\s*:\\s*([A-Z]\\w{1,80})\\b|(?:->|\\.)${held}\\s*=\\s*new\\s+([A-Z]\\w{1,80})\\b`,
  ).exec(code)
  return declared?.[1] ?? declared?.[2] ?? declared?.[3] ?? null
}

/** A class of the same namespace stands in the same folder and needs no import. */
function besides({ files }: Code, { path }: CodeFile, type: string): CodeFile | null {
  const ending = /\.\w+$/.exec(path)?.[0] ?? ''
  return files.get(path.replace(/[^/]*$/, `${type}${ending}`)) ?? null
}

function checksIn(home: CodeFile, method: string): boolean {
  const own = factsOf(home, 'function').filter(
    (one) => one.captures['form'] === 'function' && one.captures['name'] === method,
  )
  const reached = reachedFrom(home, own)
  if (factsOf(home, 'signature-check').some((fact) => reached.some((span) => within(fact, span))))
    return true
  return reached.some((span) => ASKS_BACK.test(withoutComments(textOf(home, span), home.language)))
}
