import axios, { isAxiosError } from 'axios'
import { config } from '../config.js'
import { logger } from '../logger.js'
import * as runs from './runs-repository.js'

const bank = axios.create({
  baseURL: config.bank.url,
  timeout: 20_000,
  headers: { authorization: `Bearer ${config.bank.token}` },
})

export async function executeSlips(run) {
  const failed = []
  for (const slip of run.slips.filter((s) => s.transferId === null)) {
    try {
      const { data } = await bank.post(
        '/v1/transfers',
        { endToEndId: slip.endToEndId, iban: slip.iban, name: slip.name, amountCents: slip.netCents },
        { headers: { 'idempotency-key': slip.endToEndId } },
      )
      if (typeof data?.id !== 'string') throw new TypeError('transfer without an id')
      await runs.saveTransfer(run.id, slip.employeeId, data.id)
    } catch (error) {
      const status = isAxiosError(error) ? error.response?.status : undefined
      logger.error({ run: run.id, employee: slip.employeeId, status, message: error.message }, 'salary transfer failed')
      failed.push(slip.employeeId)
    }
  }

  if (failed.length > 0) {
    await runs.markIncomplete(run.id, failed)
    throw new Error(`run ${run.id}: ${failed.length} transfers failed`)
  }
  await runs.markDone(run.id)
}
