import logging
import os
import time

import requests

log = logging.getLogger("identity.keycloak")

BASE = os.getenv("KEYCLOAK_URL", "https://sso.northwind-logistics.com")
REALM = os.getenv("KEYCLOAK_REALM", "employees")
CLIENT_ID = os.getenv("KEYCLOAK_ADMIN_CLIENT", "user-provisioner")
CLIENT_SECRET = os.getenv("KEYCLOAK_ADMIN_SECRET", "u8ZpQ2rXw41nTfKcLJ0vEyGh7SaBdM5i")


class KeycloakAdmin:
    def __init__(self) -> None:
        self._session = requests.Session()
        self._expires = 0.0

    def _authorize(self) -> None:
        if time.monotonic() < self._expires:
            return
        response = self._session.post(
            f"{BASE}/realms/{REALM}/protocol/openid-connect/token",
            data={"grant_type": "client_credentials", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET},
            timeout=10,
        )
        response.raise_for_status()
        body = response.json()
        self._session.headers["Authorization"] = f"Bearer {body['access_token']}"
        self._expires = time.monotonic() + body["expires_in"] - 30

    def disable(self, user_id: str) -> None:
        self._authorize()
        response = self._session.put(
            f"{BASE}/admin/realms/{REALM}/users/{user_id}", json={"enabled": False}, timeout=10
        )
        if response.status_code == 404:
            log.info("user %s is not in realm %s", user_id, REALM)
            return
        response.raise_for_status()
        log.info("user %s disabled", user_id)
