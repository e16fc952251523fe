'use strict'

const https = require('node:https')
const axios = require('axios')
const config = require('config')
const log = require('../log').child({ component: 'sap' })

const agent = new https.Agent({
  keepAlive: true,
  maxSockets: 10,
})

const http = axios.create({
  baseURL: config.get('sap.baseUrl'),
  auth: { username: config.get('sap.user'), password: config.get('sap.password') },
  httpsAgent: agent,
  timeout: 20_000,
  headers: { accept: 'application/json' },
})

async function loadMaterial(materialNumber) {
  const key = encodeURIComponent(`'${materialNumber.replace(/'/g, "''")}'`)
  try {
    const res = await http.get(`/sap/opu/odata/sap/API_PRODUCT_SRV/A_Product(${key})`, {
      params: { $select: 'Product,ProductType,BaseUnit,GrossWeight,WeightUnit' },
    })
    return res.data.d
  } catch (err) {
    if (err.response?.status === 404) return null
    log.error({ materialNumber, status: err.response?.status }, 'material not loaded')
    throw err
  }
}

module.exports = { loadMaterial }
