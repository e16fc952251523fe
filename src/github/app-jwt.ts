import { createPrivateKey, sign } from 'node:crypto'

/** The key of the app as GitHub takes it, and who corrects its time. */
export interface AppJwt {
  /** A fresh one; `expiresAt` is ISO 8601, by GitHub's clock as far as it is known. */
  make(): { readonly jwt: string; readonly expiresAt: string }
  /** Told of every answer to what was asked with a key. `at` is GitHub's clock in milliseconds. */
  answered(answer: { readonly status: number | null; readonly at: number | null }): void
}

/** Issued in the past, so that seconds between two clocks do not matter. */
const BACKDATED_S = 30
/** GitHub takes no key that lasts longer than ten minutes. */
const LIFE_S = 600

/**
 * Makes the signed keys by which the app names itself
 * (https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app).
 * GitHub refuses one that was issued in its future or has ended in its past. So a refusal teaches
 * how far the two clocks are apart, and the next key is made by GitHub's.
 *
 * @param now this clock, in milliseconds since the epoch
 */
export function createAppJwt(
  app: { readonly appId: number; readonly privateKey: string },
  now: () => number,
): AppJwt {
  const key = createPrivateKey(app.privateKey)
  let behindMs = 0
  return {
    make() {
      const iat = Math.floor((now() + behindMs) / 1_000) - BACKDATED_S
      const exp = iat + LIFE_S
      const signed = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ iat, exp, iss: app.appId })}`
      const signature = sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')
      return { jwt: `${signed}.${signature}`, expiresAt: new Date(exp * 1_000).toISOString() }
    },
    answered({ status, at }) {
      if (status === 401 && at !== null) behindMs = at - now()
    },
  }
}

function part(value: Readonly<Record<string, unknown>>): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
