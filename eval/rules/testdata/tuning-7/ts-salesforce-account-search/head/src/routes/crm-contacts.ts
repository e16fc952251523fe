import { Router } from 'express';
import { z } from 'zod';
import { salesforce } from '../salesforce/connection';
import { requireStaff } from '../auth/require-staff';

interface ContactRecord {
  Id: string;
  Name: string;
  Email: string;
  Account: { Name: string } | null;
}

const Params = z.object({ email: z.string().min(3).max(254) });

export const crmContacts = Router();

crmContacts.get('/crm/contacts', requireStaff('support'), async (req, res, next) => {
  const params = Params.safeParse(req.query);
  if (!params.success) {
    res.status(400).json({ error: 'email is required' });
    return;
  }

  try {
    const connection = await salesforce();
    const result = await connection.query<ContactRecord>(
      `SELECT Id, Name, Email, Account.Name FROM Contact WHERE Email = '${params.data.email}' LIMIT 5`,
    );
    res.json(
      result.records.map((record) => ({
        id: record.Id,
        name: record.Name,
        email: record.Email,
        account: record.Account?.Name ?? null,
      })),
    );
  } catch (err) {
    next(err);
  }
});
