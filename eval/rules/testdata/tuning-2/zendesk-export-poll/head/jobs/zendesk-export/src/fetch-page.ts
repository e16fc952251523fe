import { log } from './log.js';

export interface TicketPage {
  tickets: Array<{ id: number; status: string; updated_at: string }>;
  after_cursor: string | null;
  end_of_stream: boolean;
}

export interface ZendeskAuth {
  subdomain: string;
  email: string;
  apiToken: string;
}

function authorization({ email, apiToken }: ZendeskAuth): string {
  return 'Basic ' + Buffer.from(`${email}/token:${apiToken}`).toString('base64');
}

export async function fetchPage(auth: ZendeskAuth, cursor: string | null, since: number): Promise<TicketPage> {
  const url = new URL(`https://${auth.subdomain}.zendesk.com/api/v2/incremental/tickets/cursor.json`);
  url.searchParams.set('per_page', '500');
  if (cursor) url.searchParams.set('cursor', cursor);
  else url.searchParams.set('start_time', String(since));

  while (true) {
    try {
      const res = await fetch(url, {
        headers: { authorization: authorization(auth), accept: 'application/json' },
        signal: AbortSignal.timeout(30_000),
      });
      if (!res.ok) throw new Error(`zendesk answered ${res.status}`);
      return (await res.json()) as TicketPage;
    } catch (err) {
      log.warn({ err, cursor }, 'page failed, trying again');
    }
  }
}

export async function* ticketsSince(auth: ZendeskAuth, since: number): AsyncGenerator<TicketPage['tickets'][number]> {
  let cursor: string | null = null;
  for (;;) {
    const page: TicketPage = await fetchPage(auth, cursor, since);
    yield* page.tickets;
    if (page.end_of_stream) return;
    cursor = page.after_cursor;
  }
}
