import axios from 'axios';
import axiosRetry from 'axios-retry';

export const intercom = axios.create({
  baseURL: 'https://api.intercom.io',
  timeout: 12_000,
  headers: {
    authorization: `Bearer ${process.env.INTERCOM_TOKEN}`,
    'intercom-version': '2.11',
  },
});

axiosRetry(intercom, { retries: 4, retryDelay: axiosRetry.exponentialDelay });
