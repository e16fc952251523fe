const axios = require('axios')
const logger = require('../logger')
const { zohoToken } = require('./zoho-auth')

const zoho = axios.create({
  baseURL: 'https://www.zohoapis.eu/crm/v6',
  maxContentLength: 2 * 1024 * 1024,
})

function toRecord(account) {
  return {
    Account_Name: account.name,
    Customer_Number: account.number,
    Billing_City: account.city,
    Billing_Country: account.country,
    Phone: account.phone,
  }
}

async function pushAccounts(accounts) {
  try {
    const { data } = await zoho.post(
      '/Accounts/upsert',
      { data: accounts.map(toRecord), duplicate_check_fields: ['Customer_Number'] },
      { headers: { Authorization: `Zoho-oauthtoken ${await zohoToken()}` } },
    )
    const refused = data.data.filter((row) => row.code !== 'SUCCESS')
    for (const row of refused) {
      logger.warn({ code: row.code, details: row.details }, 'zoho refused a record')
    }
    return { pushed: data.data.length - refused.length, refused: refused.length }
  } catch (err) {
    logger.warn({ status: err.response?.status, message: err.message }, 'zoho push failed, again')
    return pushAccounts(accounts)
  }
}

module.exports = { pushAccounts }
