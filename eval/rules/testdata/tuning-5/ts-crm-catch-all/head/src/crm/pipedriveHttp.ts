import axios from 'axios';

export const pipedrive = axios.create({
  baseURL: 'https://api.pipedrive.com',
  timeout: 10_000,
  headers: { 'x-api-token': process.env.PIPEDRIVE_TOKEN },
});
