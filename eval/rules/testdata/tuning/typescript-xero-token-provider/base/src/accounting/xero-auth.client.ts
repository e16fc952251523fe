import axios from 'axios';
import { config } from '../config';

const http = axios.create({
  baseURL: 'https://identity.xero.com',
  timeout: 8_000,
  auth: { username: config.xero.clientId, password: config.xero.clientSecret },
});

export const xeroAuth = {
  async refresh(refreshToken: string) {
    const { data } = await http.post(
      '/connect/token',
      new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken }),
    );
    return {
      accessToken: data.access_token as string,
      refreshToken: data.refresh_token as string,
      expiresIn: data.expires_in as number,
    };
  },
};
