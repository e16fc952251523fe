import { NextResponse, type NextRequest } from 'next/server';
import { z } from 'zod';
import { plaid } from '@/lib/plaid';
import { currentUser } from '@/lib/session';
import { storeItem } from '@/lib/items';
import { log } from '@/lib/log';

export const runtime = 'nodejs';

const Body = z.object({
  publicToken: z.string().startsWith('public-').max(200),
  institutionId: z.string().max(64),
});

export async function POST(req: NextRequest) {
  const user = await currentUser();
  if (!user) return NextResponse.json({ error: 'unauthenticated' }, { status: 401 });

  const body = Body.safeParse(await req.json().catch(() => null));
  if (!body.success) return NextResponse.json({ error: 'invalid request' }, { status: 422 });

  try {
    const { data } = await plaid.itemPublicTokenExchange({ public_token: body.data.publicToken });
    const item = await storeItem({
      userId: user.id,
      plaidItemId: data.item_id,
      accessToken: data.access_token,
      institutionId: body.data.institutionId,
    });
    log.info({ itemId: item.id, requestId: data.request_id }, 'bank linked');

    return NextResponse.json(
      {
        id: item.id,
        plaidItemId: data.item_id,
        accessToken: data.access_token,
        linkedAt: item.createdAt,
      },
      { status: 201 },
    );
  } catch (err) {
    const status = (err as { response?: { status?: number } }).response?.status;
    log.error({ status, userId: user.id }, 'plaid exchange failed');
    return NextResponse.json({ error: 'could not link the bank' }, { status: 502 });
  }
}
