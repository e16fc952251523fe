import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { prisma } from '@/lib/prisma';
import { env } from '@/env';
import { log } from '@/lib/log';

const OrderCreated = z.object({
  meta: z.object({
    event_name: z.literal('order_created'),
    custom_data: z.object({ workspace_id: z.string().uuid() }),
  }),
  data: z.object({
    id: z.string(),
    attributes: z.object({
      status: z.string(),
      first_order_item: z.object({ variant_id: z.number().int() }),
    }),
  }),
});

const CREDITS: Record<number, number> = { 410233: 500, 410234: 2_000, 410235: 10_000 };

function signed(raw: string, header: string | null): boolean {
  const expected = createHmac('sha256', env.LEMONSQUEEZY_WEBHOOK_SECRET).update(raw).digest();
  const given = Buffer.from(header ?? '', 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export async function POST(req: Request) {
  const raw = await req.text();
  if (!signed(raw, req.headers.get('x-signature'))) return new Response(null, { status: 401 });

  const parsed = OrderCreated.safeParse(JSON.parse(raw));
  if (!parsed.success) return new Response('ignored');

  const { meta, data } = parsed.data;
  const credits = CREDITS[data.attributes.first_order_item.variant_id];
  if (data.attributes.status !== 'paid' || credits === undefined) {
    log.warn({ orderId: data.id }, 'order without credits');
    return new Response('ignored');
  }

  await prisma.workspace.update({
    where: { id: meta.custom_data.workspace_id },
    data: { credits: { increment: credits } },
  });
  log.info({ orderId: data.id, credits }, 'credits granted');
  return new Response('ok');
}
