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

const MAX_PAGES = 500;

zendesk.interceptors.response.use(undefined, async (err) => {
  const { config, response } = err;
  const wait = Number(response?.headers['retry-after']);
  config.attempt = (config.attempt ?? 0) + 1;
  if (response?.status !== 429 || !Number.isFinite(wait) || config.attempt > 4) {
    throw err;
  }
  await new Promise((resolve) => setTimeout(resolve, Math.min(wait, 60) * 1000));
  return zendesk.request(config);
});

async function loadTickets(viewId) {
  const tickets = [];
  let after;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { data } = await zendesk.get(`/views/${Number(viewId)}/tickets.json`, {
      params: { 'page[size]': 100, 'page[after]': after, sort: 'id' },
    });
    if (!Array.isArray(data.tickets) || typeof data.meta?.has_more !== 'boolean') {
      throw new Error(`unexpected zendesk answer for view ${viewId}`);
    }
    tickets.push(...data.tickets);
    if (!data.meta.has_more) {
      return tickets;
    }
    after = data.meta.after_cursor;
  }
  throw new Error(`view ${viewId} has more than ${MAX_PAGES} pages`);
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
