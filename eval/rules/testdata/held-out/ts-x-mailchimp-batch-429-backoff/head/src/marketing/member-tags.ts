import { setTimeout as sleep } from 'node:timers/promises'
import { mailchimp } from '../config'
import { logger } from '../logger'

const base = `https://${mailchimp.dataCenter}.api.mailchimp.com/3.0`
const ATTEMPTS = 5

export class MailchimpError extends Error {
  constructor(readonly status: number) {
    super(`mailchimp answered ${status}`)
  }
}

function pauseFor(response: Response, attempt: number): number {
  const seconds = Number(response.headers.get('retry-after'))
  if (Number.isFinite(seconds) && seconds > 0) return Math.min(seconds * 1_000, 60_000)
  return Math.random() * 500 * 2 ** attempt
}

/** Setting tags is the same however often it is sent. */
export async function setTags(memberHash: string, tags: { name: string; status: 'active' | 'inactive' }[]) {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(`${base}/lists/${mailchimp.audienceId}/members/${memberHash}/tags`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`any:${mailchimp.apiKey}`).toString('base64')}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ tags }),
      signal: AbortSignal.timeout(10_000),
    })
    if (response.ok) return

    const again = response.status === 429 || response.status >= 500
    if (!again || attempt === ATTEMPTS) {
      throw new MailchimpError(response.status)
    }
    const pause = pauseFor(response, attempt)
    logger.warn({ status: response.status, attempt, pause }, 'mailchimp: tags put off')
    await sleep(pause)
  }
}
