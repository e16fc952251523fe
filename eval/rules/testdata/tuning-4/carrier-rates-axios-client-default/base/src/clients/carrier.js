const axios = require('axios');
const axiosRetry = require('axios-retry').default;

const carrier = axios.create({
  baseURL: process.env.CARRIER_API_URL,
  timeout: 4000,
  headers: { Authorization: `Bearer ${process.env.CARRIER_API_TOKEN}` },
});

axiosRetry(carrier, { retries: 2, retryDelay: axiosRetry.exponentialDelay });

module.exports = carrier;
