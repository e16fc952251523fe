import { createHash } from 'node:crypto'
import { mailchimp } from '../config'
import { logger } from '../logger'

const base = `https://${mailchimp.dataCenter}.api.mailchimp.com/3.0`

export interface Subscriber {
  email: string
  firstName: string
  lastName: string
  language: string
}

const memberHash = (email: string) => createHash('md5').update(email.trim().toLowerCase()).digest('hex')

async function put(path: string, body: unknown): Promise<Response> {
  return fetch(`${base}${path}`, {
    method: 'PUT',
    headers: {
      authorization: `Basic ${Buffer.from(`any:${mailchimp.apiKey}`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
}

export async function upsertMember(subscriber: Subscriber): Promise<void> {
  const path = `/lists/${mailchimp.audienceId}/members/${memberHash(subscriber.email)}`
  const body = {
    email_address: subscriber.email,
    status_if_new: 'pending',
    language: subscriber.language,
    merge_fields: { FNAME: subscriber.firstName, LNAME: subscriber.lastName },
  }

  let response = await put(path, body)
  while (!response.ok) {
    logger.warn({ status: response.status }, 'mailchimp update failed, trying again')
    response = await put(path, body)
  }
}
