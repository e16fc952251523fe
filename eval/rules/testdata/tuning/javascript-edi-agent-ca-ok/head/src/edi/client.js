import https from 'node:https';
import axios from 'axios';

export function createEdiClient({ baseURL, username, password, ca, logger }) {
  const http = axios.create({
    baseURL,
    timeout: 20_000,
    auth: { username, password },
    maxContentLength: 5 * 1024 * 1024,
    httpsAgent: new https.Agent({ keepAlive: true, maxSockets: 8, ca, minVersion: 'TLSv1.2' }),
  });

  return {
    async inbox() {
      const { data } = await http.get('/inbox', { params: { state: 'new' } });
      return data.messages;
    },

    async fetchMessage(id) {
      const { data } = await http.get(`/messages/${encodeURIComponent(id)}`, { responseType: 'text' });
      return data;
    },

    async acknowledge(id) {
      await http.put(`/messages/${encodeURIComponent(id)}/state`, { state: 'read' });
      logger.info({ id }, 'edi message acknowledged');
    },
  };
}
