const axios = require('axios')
const config = require('../config')
const logger = require('../logger')
const runs = require('./runs-repository')

const bank = axios.create({
  baseURL: config.bank.url,
  timeout: 20_000,
  headers: { authorization: `Bearer ${config.bank.token}` },
})

async function transferSalary(run, slip) {
  const { data } = await bank.post(
    '/v1/transfers',
    {
      endToEndId: `SAL-${run.period}-${slip.employeeId}`,
      iban: slip.iban,
      name: slip.name,
      amountCents: slip.netCents,
      text: `Salary ${run.period}`,
    },
    { headers: { 'idempotency-key': `salary-${run.id}-${slip.employeeId}` } },
  )
  await runs.saveTransfer(run.id, slip.employeeId, data.id)
}

async function executeRun(runId) {
  const run = await runs.claim(runId)
  if (!run) {
    logger.info({ runId }, 'run is done or in progress')
    return
  }
  run.slips.forEach(async (slip) => {
    await transferSalary(run, slip)
  })
  await runs.markDone(run.id)
  logger.info({ runId, slips: run.slips.length }, 'salary run done')
}

module.exports = { executeRun }
