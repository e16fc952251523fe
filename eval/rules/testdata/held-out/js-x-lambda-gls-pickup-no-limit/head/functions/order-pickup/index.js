import fetch from 'node-fetch'
import { z } from 'zod'
import { loadSecrets } from '../shared/secrets.js'
import { log } from '../shared/log.js'

const Body = z.object({
  pickupId: z.string().uuid(),
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  parcels: z.number().int().min(1).max(200),
})

const Answer = z.object({ pickupNumber: z.string() })

export const handler = async (event) => {
  const parsed = Body.safeParse(JSON.parse(event.body ?? 'null'))
  if (!parsed.success) {
    return { statusCode: 400, body: JSON.stringify({ error: 'invalid pickup' }) }
  }
  const { pickupId, date, parcels } = parsed.data
  const { glsUser, glsPassword, glsContact } = await loadSecrets()

  const response = await fetch('https://shipit-wbm-de01.gls-group.eu/backend/rs/sporadiccollection', {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${glsUser}:${glsPassword}`).toString('base64')}`,
      'content-type': 'application/glsVersion1+json',
      accept: 'application/glsVersion1+json',
    },
    body: JSON.stringify({ ContactID: glsContact, Reference: pickupId, PreferredPickUpDate: date, NumberOfParcels: parcels }),
  })
  if (!response.ok) {
    log.error('gls pickup refused', { pickupId, status: response.status })
    return { statusCode: 502, body: JSON.stringify({ error: 'carrier refused' }) }
  }

  const { pickupNumber } = Answer.parse(await response.json())
  log.info('gls pickup ordered', { pickupId, pickupNumber })
  return { statusCode: 201, body: JSON.stringify({ pickupNumber }) }
}
