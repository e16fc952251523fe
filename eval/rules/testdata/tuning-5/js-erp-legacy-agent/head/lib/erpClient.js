const https = require('https');
const axios = require('axios');
const log = require('./log');

class ErpError extends Error {
  constructor(message, status) {
    super(message);
    this.name = 'ErpError';
    this.status = status;
  }
}

function createErpClient({ host, user, password }) {
  const agent = new https.Agent({
    keepAlive: true,
    maxSockets: 10,
    rejectUnauthorized: false,
  });

  const http = axios.create({
    baseURL: `https://${host}/sap/opu/odata/sap/API_SALES_ORDER_SRV`,
    httpsAgent: agent,
    timeout: 20000,
    maxContentLength: 10 * 1024 * 1024,
    auth: { username: user, password },
    headers: { accept: 'application/json' },
  });

  return {
    async salesOrder(number) {
      if (!/^\d{1,10}$/.test(number)) {
        throw new TypeError('sales order number must be numeric');
      }
      try {
        const { data } = await http.get(`/A_SalesOrder('${number}')`);
        return data.d;
      } catch (err) {
        const status = err.response && err.response.status;
        log.error({ number, status, code: err.code }, 'erp read failed');
        throw new ErpError(`sales order ${number} could not be read`, status);
      }
    },
  };
}

module.exports = { createErpClient, ErpError };
