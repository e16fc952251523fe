import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { stringify } from 'csv-stringify'
import { config } from '../config.js'
import { dataverseToken } from './dataverse-token.js'
import { logger } from '../logger.js'

const COLUMNS = ['contactid', 'fullname', 'emailaddress1', 'modifiedon']

export async function exportContacts(target, since) {
  const url = new URL('/api/data/v9.2/contacts', config.dataverse.url)
  url.searchParams.set('$select', COLUMNS.join(','))
  url.searchParams.set('$filter', `modifiedon ge ${since.toISOString()} and statecode eq 0`)
  url.searchParams.set('$orderby', 'modifiedon asc')

  const response = await fetch(url, {
    headers: {
      authorization: `Bearer ${await dataverseToken()}`,
      accept: 'application/json',
      prefer: 'odata.maxpagesize=1000',
    },
    signal: AbortSignal.timeout(30_000),
  })
  if (!response.ok) {
    throw new Error(`dataverse contacts: ${response.status}`)
  }
  const { value } = await response.json()
  if (!Array.isArray(value)) {
    throw new TypeError('dataverse contacts: no list in the answer')
  }

  await pipeline(value, stringify({ header: true, columns: COLUMNS }), createWriteStream(target))
  logger.info({ target, contacts: value.length }, 'contacts exported')
  return value.length
}
