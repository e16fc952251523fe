import logging
from datetime import datetime, timedelta, timezone

import httpx
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from accounting.models import Connection

log = logging.getLogger(__name__)

TOKEN_URL = "https://identity.xero.com/connect/token"


class ReconnectRequired(Exception):
    pass


class TokenStore:
    def __init__(self, sessions: async_sessionmaker[AsyncSession], http: httpx.AsyncClient, client: tuple[str, str]):
        self._sessions = sessions
        self._http = http
        self._client = client

    async def access_token(self, connection_id: int) -> str:
        async with self._sessions.begin() as session:
            row = (
                await session.execute(select(Connection).where(Connection.id == connection_id).with_for_update())
            ).scalar_one()
            now = datetime.now(timezone.utc)
            if row.expires_at - timedelta(minutes=2) > now:
                return row.access_token
            response = await self._http.post(
                TOKEN_URL,
                data={"grant_type": "refresh_token", "refresh_token": row.refresh_token},
                auth=self._client,
            )
            if response.status_code == 400:
                raise ReconnectRequired(f"connection {connection_id}: {response.json().get('error')}")
            response.raise_for_status()
            grant = response.json()
            row.access_token = grant["access_token"]
            row.refresh_token = grant["refresh_token"]
            row.expires_at = now + timedelta(seconds=grant["expires_in"])
            log.info("connection %s refreshed until %s", connection_id, row.expires_at)
            return row.access_token
