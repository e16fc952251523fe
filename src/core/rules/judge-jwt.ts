import type { Fact } from '#core/facts/fact'
import { type CodeFile, factsOf, functionAround, isPython, surroundings } from '#core/rules/code'
import { importsOf } from '#core/rules/imports'
import type { Judgement, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'

const REQUEST =
  /\bDepends\(|oauth2_scheme|\b(?:req|request|ctx|headers|authorization|Authorization|bearer|Bearer)\b/
/** A file that stands before requests: the token that it decodes in a helper is a caller's. */
const GUARDS =
  /\bcanActivate\b|\bExecutionContext\b|\b(?:req|request|ctx|c\.req|event|socket|handshake|headers)\??\.(?:headers\??\.|header\(["'`]|get\(["'`]|handshake\.|cookies\??\.)?(?:\[["'`])?(?:authorization|auth\b|x-\w*token|session|token)|headers\??(?:\.get\(|\[|\.)\s*["'`]?(?:authorization|x-\w*token)/i
const DECODES =
  /(?:^|\.)(?:decode|decodeJwt|jwtDecode|jwt_decode|get_unverified_claims|get_unverified_payload)$/

/**
 * The id token of a token response, which came over TLS from the issuer itself: its signature need
 * not be checked (https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation, item 6).
 */
const FROM_ISSUER =
  /^(?!(?:req|request|ctx|body|query|event|input)\b)[\w$]+(?:\.[\w$]+)*\.(?:id_?token|idToken)\b(?!.*\b(?:req|request|body|query)\b)/

/** Claims of a caller's token that are believed without looking at its signature. */
export const jwtDecodedOnly: Judgement = {
  names: ['call'],
  judge: (view) => {
    const facts = jwtCallsOf(view.file)
    const python = isPython(view.file)
    const verifies = facts.some((fact) => /verify/i.test(fact.captures['callee'] ?? ''))
    if (
      verifies ||
      /\bverif(?:y|ied)\w*\s*\(|createRemoteJWKSet|jwks|\bassert\w*(?:Signature|Token)\w*\(/i.test(
        view.file.text,
      )
    )
      return []
    return (
      facts
        .filter((fact) => DECODES.test(fact.captures['callee'] ?? ''))
        // Python's `jwt.decode` verifies by itself; only its unverified forms are meant here.
        .filter((fact) => !python || /unverified/.test(fact.captures['callee'] ?? ''))
        .filter((fact) => !FROM_ISSUER.test(fact.args[0] ?? ''))
        .filter((fact) => isOfCaller(view, fact) && !isOwnToken(view, fact))
        .filter((fact) => !isOnlyExpired(view, fact) && !isBelievedLess(view, fact))
        .map((fact) => observe(view, fact, { names: { call: fact.captures['callee'] ?? '' } }))
    )
  },
}

/** Whoever was let in before is taken from the request: a guard has looked at the token. */
const KNOWN_USER = /\bif\s*\(\s*(?:req|request)\.user\s*\)\s*\{?\s*return\s+(?:req|request)\.user\b/

/** What is shown, in full or in part, and nothing besides: no other call, nothing that is set. */
const SHOWN =
  '\\((?:[^()=]|=>|(?:JSON\\.stringify|json\\.dumps|str|String|Object\\.keys)\\([^()=]{0,80}\\)|\\.(?:get|join)\\([^()=]{0,80}\\)){0,200}\\)\\s*;?\\s*$'

/** Whether a guard has let the caller in, or the claims can only keep somebody out or are only shown. */
function isBelievedLess({ file }: View, fact: Fact): boolean {
  const around = surroundings(file, fact)
  if (KNOWN_USER.test(around)) return true
  const line = file.lines[fact.line - 1] ?? ''
  const name = /(?:\b(?:const|let|var)\s+|^\s*)(\w+)\s*(?::[^=]{1,60})?=(?!=)/.exec(line)?.[1]
  if (name === undefined) return false
  const uses = around
    .split('\n')
    .filter((one) => one !== line && new RegExp(`\\b${name}\\b`).test(one))
  const refuses = new RegExp(
    `^\\s*(?:if\\s*\\(!\\s?${name}(?:\\??\\.\\w+)?\\)|if\\s*\\(${name}\\??\\.(?:aud|iss|typ|type|exp)\\s*!==?[^&|]{1,80}\\))\\s*(?:\\{\\s*$|return\\s+false\\b|throw\\b)|^\\s*(?:this\\.|self\\.)?(?:log(?:ger)?|console)\\.\\w+${SHOWN}|^\\s*print${SHOWN}`,
  )
  return uses.length > 0 && uses.every((one) => refuses.test(one))
}

/** Packages whose `decode` reads a token, and `verify` checks it. */
const PACKAGES =
  /^(?:jsonwebtoken|jwt-decode|jwt-simple|jose|fast-jwt|njwt|@tsndr\/cloudflare-worker-jwt|hono\/jwt)/

/** Calls of a library for tokens: by the names that everybody gives it, or by its import. */
function jwtCallsOf(file: CodeFile): readonly Fact[] {
  const facts = factsOf(file, 'jwt')
  if (!facts.some(({ by }) => by === 'named')) return facts
  const own = new Set(
    importsOf(file).flatMap(({ local, module }) => (PACKAGES.test(module) ? [local] : [])),
  )
  return facts.filter(({ by, captures }) => by !== 'named' || own.has(rootOf(captures['callee'])))
}

function rootOf(callee = ''): string {
  return callee.split('.')[0] ?? ''
}

/** Libraries look at the signature first: a token that is only too old was signed by us. */
function isOnlyExpired({ file }: View, fact: Fact): boolean {
  return /TokenExpired|ExpiredSignature|jwt expired/.test(surroundings(file, fact))
}

/** A token that this very function asked the issuer for: nobody else had it in hand. */
function isOwnToken({ file }: View, fact: Fact): boolean {
  const around = surroundings(file, fact)
  return /grant_type|client_credentials|\bgetToken\(|fetch_token\(/.test(around)
}

/** Whether the token came with a request, seen here or where this file calls the function. */
function isOfCaller({ file }: View, fact: Fact): boolean {
  if (REQUEST.test(surroundings(file, fact))) return true
  const name = functionAround(file, fact)?.captures['name'] ?? ''
  if (!/^[\w$#]+$/.test(name) || !GUARDS.test(file.text)) return false
  return new RegExp(
    `(?:\\b(?:this|self)\\.|\\b(?:await|return)\\s+|[=(!,]\\s*)${RegExp.escape(name)}\\(`,
  ).test(file.text)
}
