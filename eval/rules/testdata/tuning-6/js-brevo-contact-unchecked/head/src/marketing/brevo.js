import { contacts } from '../db/contacts.js'
import { env } from '../env.js'
import { log } from '../log.js'

const LISTS = { customer: 4, prospect: 9 }

/** Called by the queue for each changed contact; the queue retries when this throws. */
export async function pushContact(contactId) {
  const contact = await contacts.findById(contactId)
  if (!contact || contact.unsubscribedAt) {
    log.info({ contactId }, 'contact not pushed')
    return
  }

  await fetch('https://api.brevo.com/v3/contacts', {
    method: 'POST',
    headers: { 'api-key': env.BREVO_API_KEY, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      email: contact.email,
      listIds: [LISTS[contact.kind]],
      updateEnabled: true,
      attributes: { FIRSTNAME: contact.firstName, LASTNAME: contact.lastName, PLAN: contact.plan },
    }),
    signal: AbortSignal.timeout(10_000),
  })

  await contacts.markSynced(contactId, new Date())
  log.info({ contactId }, 'contact pushed to brevo')
}
