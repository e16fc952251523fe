import axios from 'axios';
import { paypalToken } from './token';

export const paypal = axios.create({ baseURL: process.env.PAYPAL_BASE_URL, timeout: 15_000 });

paypal.interceptors.request.use(async (config) => {
  config.headers.set('authorization', `Bearer ${await paypalToken()}`);
  return config;
});
