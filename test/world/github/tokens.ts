import { createVerify, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { App, Installation, Permissions, State, Token } from './state.ts'

/** Installation tokens end after one hour. */
const TOKEN_LIFE_MS = 3_600_000
/** An app's JWT may not reach further into the future than ten minutes. */
const MAX_JWT_LIFE_S = 600
/** Clocks may differ by a minute. */
const LEEWAY_S = 60

const Claims = z.object({ iat: z.unknown(), exp: z.unknown(), iss: z.unknown() })

function decode(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

const UNDECODABLE = 'A JSON web token could not be decoded'
const BAD_EXP =
  "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
const BAD_IAT =
  "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"

/** Checks an app's JWT; returns GitHub's complaint, or null when it is good. */
export function jwtComplaint(jwt: string, app: App, nowMs: number): string | null {
  const [head, body, signature] = jwt.split('.')
  const header = z.object({ alg: z.literal('RS256') }).safeParse(decode(head))
  const claims = Claims.safeParse(decode(body))
  if (!header.success || !claims.success || signature === undefined) return UNDECODABLE
  const isSigned = createVerify('RSA-SHA256')
    .update(`${head}.${body}`)
    .verify(app.publicKey, Buffer.from(signature, 'base64url'))
  if (!isSigned) return UNDECODABLE
  const { iat, exp, iss } = claims.data
  const now = nowMs / 1000
  if (String(iss) !== String(app.id) && iss !== app.clientId) {
    return "'Issuer' claim ('iss') must be an Integer"
  }
  if (typeof iat !== 'number' || iat > now + LEEWAY_S) return BAD_IAT
  if (typeof exp !== 'number' || exp <= now) return BAD_EXP
  if (exp > now + MAX_JWT_LIFE_S + LEEWAY_S)
    return "'Expiration time' claim ('exp') is too far in the future"
  return null
}

/** A token in GitHub's format of 2026: `ghs_<app id>_<JWT>`, far longer than the old 40 characters. */
function newTokenValue(app: App): string {
  const header = Buffer.from('{"alg":"ES256","typ":"JWT"}').toString('base64url')
  return `ghs_${app.id}_${header}.${randomBytes(230).toString('base64url')}.${randomBytes(64).toString('base64url')}`
}

const RANK = { read: 1, write: 2, admin: 3 }

/** Whether `held` contains at least `wanted`. */
export function covers(held: Permissions, wanted: Permissions): boolean {
  return Object.entries(wanted).every(([name, level]) => {
    const has = held[name]
    return has !== undefined && RANK[has] >= RANK[level]
  })
}

export type MintOrder = {
  installation: Installation
  permissions: Permissions | null
  repositoryIds: Set<number> | null
}

/** Issues a token; reading metadata always comes along, as on GitHub. */
export function mintToken(state: State, order: MintOrder): Token {
  const { installation } = order
  const asked = order.permissions ?? installation.permissions
  const token: Token = {
    value: newTokenValue(state.app),
    installationId: installation.id,
    permissions: { ...asked, metadata: 'read' },
    repositoryIds: order.repositoryIds,
    expiresAt: state.now() + TOKEN_LIFE_MS,
  }
  state.tokens.set(token.value, token)
  return token
}

/** Whether a token reaches a repository. */
export function reaches(
  state: State,
  token: Token,
  repository: { id: number; owner: { id: number } },
): boolean {
  const installation = state.installations.find((each) => each.id === token.installationId)
  if (installation === undefined || installation.account.id !== repository.owner.id) return false
  const isInstalled =
    installation.repositoryIds === null || installation.repositoryIds.has(repository.id)
  return isInstalled && (token.repositoryIds === null || token.repositoryIds.has(repository.id))
}
