const axios = require('axios');
const { tokenFor } = require('./tokens');
const log = require('../log');

const http = axios.create({ baseURL: 'https://api.xero.com/api.xro/2.0', timeout: 20000 });

class XeroClient {
  constructor(tenantId) {
    this.tenantId = tenantId;
  }

  async call(method, path, body) {
    const token = await tokenFor(this.tenantId);
    try {
      const res = await http.request({
        method,
        url: path,
        data: body,
        headers: { Authorization: `Bearer ${token}`, 'xero-tenant-id': this.tenantId, Accept: 'application/json' },
      });
      return res.data;
    } catch (err) {
      const status = err.response && err.response.status;
      log.error({ path, status, tenantId: this.tenantId }, 'xero call failed');
      throw err;
    }
  }

  async createInvoice(invoice) {
    const { Invoices } = await this.call('PUT', '/Invoices', { Invoices: [invoice] });
    return Invoices[0].InvoiceID;
  }

  async contactByNumber(number) {
    const where = encodeURIComponent(`AccountNumber=="${number.replace(/[^\w-]/g, '')}"`);
    const { Contacts } = await this.call('GET', `/Contacts?where=${where}`);
    return Contacts[0] || null;
  }
}

module.exports = { XeroClient };
