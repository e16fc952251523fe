'use strict'

const axios = require('axios')
const axiosRetry = require('axios-retry').default

const LIMIT = 100

function createClient({ account, apiToken }) {
  const http = axios.create({
    baseURL: `https://${account}.api-us1.com/api/3`,
    timeout: 15_000,
    headers: { 'Api-Token': apiToken },
  })
  axiosRetry(http, {
    retries: 3,
    retryDelay: (count, error) => axiosRetry.exponentialDelay(count, error, 500),
    retryCondition: (error) => axiosRetry.isIdempotentRequestError(error) || error.response?.status === 429,
  })
  return http
}

async function* contacts(http, listId) {
  let offset = 0
  let total = Infinity
  while (offset < total) {
    const { data } = await http.get('/contacts', {
      params: { listid: listId, status: 1, limit: LIMIT, offset, 'orders[id]': 'ASC' },
    })
    total = Number(data.meta.total)
    if (!Number.isFinite(total)) throw new Error('activecampaign answered without a total')
    if (data.contacts.length === 0) return
    yield* data.contacts
    offset += data.contacts.length
  }
}

module.exports = { createClient, contacts }
