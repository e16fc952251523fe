const https = require('https');
const axios = require('axios');
const { parseStringPromise } = require('xml2js');

const { CUSTOMS_URL, CUSTOMS_USER, CUSTOMS_PASSWORD } = process.env;

const agent = new https.Agent({
  keepAlive: true,
  maxSockets: 8,
  rejectUnauthorized: false,
});

const http = axios.create({
  baseURL: CUSTOMS_URL,
  timeout: 12000,
  httpsAgent: agent,
  auth: { username: CUSTOMS_USER, password: CUSTOMS_PASSWORD },
  headers: { 'Content-Type': 'text/xml; charset=utf-8' },
});

function escapeXml(value) {
  return String(value).replace(/[<>&'"]/g, (c) => `&#${c.charCodeAt(0)};`);
}

async function declarationStatus(mrn) {
  const envelope = `<?xml version="1.0"?>
<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
  <soap:Body><GetStatus><Mrn>${escapeXml(mrn)}</Mrn></GetStatus></soap:Body>
</soap:Envelope>`;

  const { data } = await http.post('/declarations', envelope, {
    headers: { SOAPAction: 'GetStatus' },
  });
  const parsed = await parseStringPromise(data, { explicitArray: false });
  const result = parsed?.['soap:Envelope']?.['soap:Body']?.GetStatusResponse;
  if (!result?.Status) {
    throw new Error(`customs gateway sent no status for ${mrn}`);
  }
  return { mrn, status: result.Status, releasedAt: result.ReleasedAt ?? null };
}

module.exports = { declarationStatus };
