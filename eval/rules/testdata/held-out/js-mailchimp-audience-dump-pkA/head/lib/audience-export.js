'use strict'

const { writeFile } = require('node:fs/promises')
const { stringify } = require('csv-stringify/sync')

class MailchimpError extends Error {
  constructor(status, title) {
    super(`mailchimp answered ${status}: ${title}`)
    this.status = status
  }
}

async function members(listId, { apiKey, dc }) {
  const url = new URL(`https://${dc}.api.mailchimp.com/3.0/lists/${listId}/members`)
  url.searchParams.set('count', '1000')
  url.searchParams.set('status', 'subscribed')
  url.searchParams.set('fields', 'members.email_address,members.merge_fields,members.last_changed,total_items')

  const response = await fetch(url, {
    headers: { authorization: `Basic ${Buffer.from(`any:${apiKey}`).toString('base64')}` },
    signal: AbortSignal.timeout(30_000),
  })
  const body = await response.json()
  if (!response.ok) throw new MailchimpError(response.status, body.title)
  return body.members
}

async function exportAudience(listId, target, credentials) {
  const rows = (await members(listId, credentials)).map((member) => ({
    email: member.email_address,
    first_name: member.merge_fields.FNAME ?? '',
    last_name: member.merge_fields.LNAME ?? '',
    changed: member.last_changed,
  }))
  await writeFile(target, stringify(rows, { header: true }), 'utf8')
  return rows.length
}

module.exports = { exportAudience, MailchimpError }
