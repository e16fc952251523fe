from collections.abc import Iterator

from common.http import new_session

LIMIT = 200


class Personio:
    def __init__(self, base_url: str, client_id: str, client_secret: str) -> None:
        self._base_url = base_url
        self._credentials = {"client_id": client_id, "client_secret": client_secret}
        self._session = new_session()

    def _login(self) -> None:
        response = self._session.post(f"{self._base_url}/v1/auth", json=self._credentials)
        response.raise_for_status()
        self._session.headers["Authorization"] = f"Bearer {response.json()['data']['token']}"

    def employees(self) -> Iterator[dict]:
        self._login()
        offset = 0
        while True:
            response = self._session.get(
                f"{self._base_url}/v1/company/employees", params={"limit": LIMIT, "offset": offset}
            )
            response.raise_for_status()
            page = response.json()["data"]
            yield from page
            if len(page) < LIMIT:
                return
            offset += LIMIT
