const axios = require('axios');
const { stringify } = require('csv-stringify/sync');
const storage = require('../lib/storage');
const log = require('../lib/log');

const zendesk = axios.create({
  baseURL: `https://${process.env.ZENDESK_SUBDOMAIN}.zendesk.com/api/v2`,
  timeout: 15000,
  auth: {
    username: `${process.env.ZENDESK_EMAIL}/token`,
    password: process.env.ZENDESK_API_TOKEN,
  },
});

async function loadTickets(viewId) {
  const { data } = await zendesk.get(`/views/${Number(viewId)}/tickets.json`, {
    params: { 'page[size]': 100, sort: '-updated_at' },
  });
  return data.tickets;
}

function toRow(ticket) {
  return [ticket.id, ticket.status, ticket.subject, ticket.created_at, ticket.updated_at];
}

async function exportView(viewId, day) {
  const tickets = await loadTickets(viewId);
  const csv = stringify(tickets.map(toRow), {
    header: true,
    columns: ['id', 'status', 'subject', 'created_at', 'updated_at'],
  });
  const key = `exports/zendesk/${day}/view-${viewId}.csv`;
  await storage.put(key, csv, { contentType: 'text/csv' });
  log.info({ viewId, rows: tickets.length, key }, 'zendesk export written');
  return key;
}

module.exports = { exportView, loadTickets };
