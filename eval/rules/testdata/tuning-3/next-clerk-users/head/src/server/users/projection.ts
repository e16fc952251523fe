import { and, isNull, lt } from 'drizzle-orm';
import { db } from '@/server/db';
import { users } from '@/server/db/schema';
import type { ClerkUser } from '@/server/clerk/schema';

export async function applyUserUpserted(user: ClerkUser): Promise<void> {
  const row = {
    clerkId: user.id,
    firstName: user.first_name,
    lastName: user.last_name,
    sourceUpdatedAt: new Date(user.updated_at),
  };
  await db
    .insert(users)
    .values(row)
    .onConflictDoUpdate({
      target: users.clerkId,
      set: row,
      setWhere: and(lt(users.sourceUpdatedAt, row.sourceUpdatedAt), isNull(users.deletedAt)),
    });
}

export async function applyUserDeleted(clerkId: string): Promise<void> {
  // leaves a tombstone even when the deletion overtakes the creation
  const deletedAt = new Date();
  await db.insert(users).values({ clerkId, deletedAt }).onConflictDoUpdate({ target: users.clerkId, set: { deletedAt } });
}
