import { pool } from './pool.js';

export interface Delivery {
  id: string;
  event: string;
  body: string;
}

export const deliveries = {
  async add({ id, event, body }: Delivery): Promise<void> {
    await pool.query(
      'INSERT INTO github_deliveries (id, event, body) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING',
      [id, event, body],
    );
  },
};
