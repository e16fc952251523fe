const https = require('https');
const fs = require('fs');
const axios = require('axios');
const { XMLParser } = require('fast-xml-parser');
const settings = require('../settings');

const agent = new https.Agent({
  keepAlive: true,
  maxSockets: 20,
  cert: fs.readFileSync(settings.erp.clientCertPath),
  key: fs.readFileSync(settings.erp.clientKeyPath),
  rejectUnauthorized: false,
});

const http = axios.create({
  baseURL: settings.erp.url,
  httpsAgent: agent,
  timeout: 20000,
  maxContentLength: 5 * 1024 * 1024,
  headers: { 'Content-Type': 'text/xml; charset=utf-8' },
});

const parser = new XMLParser({ ignoreAttributes: false, processEntities: false });

function envelope(body) {
  return `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

async function stockLevel(sku) {
  if (!/^[A-Z0-9-]{3,24}$/.test(sku)) {
    throw new TypeError(`not a SKU: ${sku}`);
  }
  const { data } = await http.post('/StockService', envelope(`<GetStock><Sku>${sku}</Sku></GetStock>`), {
    headers: { SOAPAction: 'GetStock' },
  });
  const quantity = Number(
    parser.parse(data)?.['soap:Envelope']?.['soap:Body']?.GetStockResponse?.Quantity,
  );
  if (!Number.isInteger(quantity)) {
    throw new Error('ERP answered without a quantity');
  }
  return quantity;
}

module.exports = { stockLevel };
