const { request } = require('undici')
const log = require('./log').child({ module: 'personio' })

const BASE = 'https://api.personio.de/v1'
const LIMITS = { headersTimeout: 10_000, bodyTimeout: 20_000 }

let token = null

async function authenticate() {
  const { statusCode, body } = await request(`${BASE}/auth`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: process.env.PERSONIO_CLIENT_ID,
      client_secret: process.env.PERSONIO_CLIENT_SECRET,
    }),
    ...LIMITS,
  })
  const answer = await body.json()
  if (statusCode !== 200 || !answer.success) {
    throw new Error(`personio auth failed with ${statusCode}`)
  }
  // valid for 24 hours
  token = { value: answer.data.token, until: Date.now() + 23 * 3_600_000 }
  return token.value
}

async function getAbsences(from, to, offset = 0) {
  const bearer = token && token.until > Date.now() ? token.value : await authenticate()
  const url = `${BASE}/company/time-offs?start_date=${from}&end_date=${to}&limit=200&offset=${offset}`
  const { statusCode, body } = await request(url, { headers: { authorization: `Bearer ${bearer}` }, ...LIMITS })
  if (statusCode !== 200) {
    await body.dump()
    throw new Error(`personio time-offs answered ${statusCode}`)
  }
  const page = await body.json()
  return { absences: page.data, more: page.metadata.current_page < page.metadata.total_pages }
}

module.exports = { getAbsences }
