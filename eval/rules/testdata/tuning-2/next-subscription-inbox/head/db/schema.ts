import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';

export const stripeInbox = pgTable('stripe_inbox', {
  eventId: text('event_id').primaryKey(),
  type: text('type').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  body: text('body').notNull(),
  handledAt: timestamp('handled_at', { withTimezone: true }),
});
