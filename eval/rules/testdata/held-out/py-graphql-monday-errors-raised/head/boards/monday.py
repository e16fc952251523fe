from __future__ import annotations

import logging
from typing import Any

import requests

log = logging.getLogger(__name__)

ENDPOINT = "https://api.monday.com/v2"
RENAME_ITEM = """
mutation ($board: ID!, $item: ID!, $name: String!) {
  change_simple_column_value(board_id: $board, item_id: $item, column_id: "name", value: $name) { id }
}
"""


class MondayError(Exception):
    def __init__(self, codes: list[str]) -> None:
        super().__init__(f"monday rejected the request: {', '.join(codes)}")
        self.codes = codes


class MondayClient:
    def __init__(self, token: str) -> None:
        self._session = requests.Session()
        self._session.headers.update({"Authorization": token, "API-Version": "2024-10"})

    def rename_item(self, board: int, item: int, name: str) -> str:
        data = self._execute(RENAME_ITEM, {"board": board, "item": item, "name": name})
        return data["change_simple_column_value"]["id"]

    def _execute(self, query: str, variables: dict[str, Any]) -> dict[str, Any]:
        response = self._session.post(
            ENDPOINT, json={"query": query, "variables": variables}, timeout=(3, 20)
        )
        response.raise_for_status()
        body = response.json()
        if errors := body.get("errors"):
            codes = [e.get("extensions", {}).get("code", "UNKNOWN") for e in errors]
            log.warning("monday answered with %d errors", len(errors))
            raise MondayError(codes)
        if body.get("data") is None:
            raise MondayError(["NO_DATA"])
        return body["data"]
