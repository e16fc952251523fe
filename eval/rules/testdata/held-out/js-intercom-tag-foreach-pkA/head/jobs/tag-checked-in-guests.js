import { IntercomClient } from 'intercom-client'
import { stays } from '../models/stays.js'
import { jobRuns } from '../models/job-runs.js'
import { logger } from '../logger.js'

const intercom = new IntercomClient({ token: process.env.INTERCOM_TOKEN })
const TAG_ID = process.env.INTERCOM_TAG_IN_HOUSE

async function tagGuest(guest) {
  const found = await intercom.contacts.search(
    { query: { field: 'external_id', operator: '=', value: guest.id } },
    { timeoutInSeconds: 15 },
  )
  const contact = found.data[0]
  if (!contact) {
    logger.debug({ guestId: guest.id }, 'guest is not in intercom')
    return
  }
  await intercom.tags.tagContact({ contact_id: contact.id, id: TAG_ID }, { timeoutInSeconds: 15 })
}

export async function run(day) {
  const guests = await stays.checkedInOn(day) // at most 60 a day

  guests.forEach(async (guest) => {
    await tagGuest(guest)
  })

  await jobRuns.markDone('tag-checked-in-guests', day)
  logger.info({ day, guests: guests.length }, 'guests tagged')
}
