import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import { db } from '../db.js'
import { logger } from '../logger.js'

const COLUMNS = ['Buchungstag', 'Betrag', 'Waehrung', 'Verwendungszweck', 'Buchungsreferenz']

/** Lines as the bank writes them: `03.04.2025;1.234,56;EUR;...` */
function toTransaction(record) {
  for (const column of COLUMNS) {
    if (typeof record[column] !== 'string') throw new Error(`column ${column} is missing`)
  }
  return {
    booked_on: new Date(record.Buchungstag),
    amount: parseFloat(record.Betrag),
    currency: record.Waehrung,
    text: record.Verwendungszweck.slice(0, 500),
    reference: record.Buchungsreferenz,
  }
}

export async function importCsv(accountId, file) {
  const records = createReadStream(file, 'utf8').pipe(
    parse({ delimiter: ';', columns: true, bom: true, trim: true, max_record_size: 10_000 }),
  )
  let imported = 0
  await db.transaction(async (trx) => {
    for await (const record of records) {
      await trx('bank_transactions')
        .insert({ account_id: accountId, ...toTransaction(record) })
        .onConflict(['account_id', 'reference'])
        .ignore()
      imported += 1
    }
  })
  logger.info({ accountId, imported }, 'bank csv imported')
  return imported
}
