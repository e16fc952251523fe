async def enqueue_update(pool, update_id: int, body: str) -> bool:
    status = await pool.execute(
        "INSERT INTO telegram_updates (update_id, body) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        update_id,
        body,
    )
    return status == "INSERT 0 1"
