
const { Client } = require('ldapts')
const config = require('../config')
const logger = require('../logger')
const { applyPerson } = require('./apply-person')

async function main() {
  const ldap = new Client({ url: config.ldap.url, timeout: 10_000, connectTimeout: 5_000 })
  let seen = 0
  let failed = 0
  try {
    await ldap.bind(config.ldap.bindDn, config.ldap.password)
    const { searchEntries } = await ldap.search(config.ldap.base, {
      scope: 'sub',
      filter: '(&(objectClass=person)(employeeNumber=*))',
      attributes: ['employeeNumber', 'mail', 'department', 'manager'],
      paged: { pageSize: 500 },
    })
    for (const entry of searchEntries) {
      seen += 1
      try {
        await applyPerson(entry)
      } catch (err) {
        failed += 1
        logger.error({ employee: entry.employeeNumber, err }, 'person not applied')
      }
    }
  } finally {
    await ldap.unbind()
  }
  logger.info({ seen, failed }, 'hr sync done')
  return failed === 0 ? 0 : 1
}

main().then(
  (code) => process.exit(code),
  (err) => {
    logger.fatal({ err }, 'hr sync failed')
    process.exit(2)
  },
)
