import axios from 'axios';
import axiosRetry from 'axios-retry';

export const supplierHttp = axios.create({
  baseURL: process.env.SUPPLIER_API_URL,
  timeout: 10_000,
  maxContentLength: 20 * 1024 * 1024,
  headers: { 'x-api-key': process.env.SUPPLIER_API_KEY },
});

axiosRetry(supplierHttp, { retries: 3, retryDelay: axiosRetry.exponentialDelay });
