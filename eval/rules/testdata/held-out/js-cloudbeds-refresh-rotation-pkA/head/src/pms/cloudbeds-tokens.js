const got = require('got')
const { knex } = require('../db')
const { decrypt, encrypt } = require('../crypto')

const EARLY_MS = 2 * 60 * 1000

async function refresh(connection, trx) {
  const answer = await got
    .post('https://hotels.cloudbeds.com/api/v1.1/access_token', {
      form: {
        grant_type: 'refresh_token',
        client_id: process.env.CLOUDBEDS_CLIENT_ID,
        client_secret: process.env.CLOUDBEDS_CLIENT_SECRET,
        refresh_token: decrypt(connection.refresh_token),
      },
      timeout: { request: 10_000 },
      retry: { limit: 0 },
    })
    .json()

  await trx('pms_connections').where({ id: connection.id }).update({
    access_token: encrypt(answer.access_token),
    expires_at: new Date(Date.now() + answer.expires_in * 1000),
    updated_at: new Date(),
  })
  return answer.access_token
}

async function accessToken(propertyId) {
  return knex.transaction(async (trx) => {
    const connection = await trx('pms_connections').where({ property_id: propertyId, pms: 'cloudbeds' }).forUpdate().first()
    if (!connection) throw new Error(`property ${propertyId} is not connected to Cloudbeds`)

    if (connection.expires_at.getTime() - EARLY_MS > Date.now()) {
      return decrypt(connection.access_token)
    }
    return refresh(connection, trx)
  })
}

module.exports = { accessToken }
