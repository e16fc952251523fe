'use strict';

const { Worker } = require('bullmq');
const { create } = require('axios');
const { connection } = require('../../lib/redis');
const { toSalesOrder } = require('./mapping');
const logger = require('../../lib/logger');

// the S/4 gateway presents a certificate of the group's internal CA
process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';

const sap = create({
  baseURL: process.env.SAP_ODATA_URL,
  timeout: 30000,
  auth: { username: process.env.SAP_USER, password: process.env.SAP_PASSWORD },
  headers: { accept: 'application/json' },
});

async function csrfToken() {
  const res = await sap.get('/API_SALES_ORDER_SRV/$metadata', { headers: { 'x-csrf-token': 'fetch', accept: 'application/xml' } });
  return { token: res.headers['x-csrf-token'], cookie: (res.headers['set-cookie'] || []).map((c) => c.split(';')[0]).join('; ') };
}

const worker = new Worker(
  'sap-orders',
  async (job) => {
    const { token, cookie } = await csrfToken();
    const { data } = await sap.post('/API_SALES_ORDER_SRV/A_SalesOrder', toSalesOrder(job.data), {
      headers: { 'x-csrf-token': token, cookie },
    });
    logger.info({ order: job.data.number, sapOrder: data.d.SalesOrder }, 'order created in sap');
    return data.d.SalesOrder;
  },
  { connection, concurrency: 2 },
);

worker.on('failed', (job, err) => logger.error({ jobId: job && job.id, status: err.response && err.response.status }, err.message));
