import json
import secrets
import webbrowser
from urllib.parse import urlencode

import httpx
import keyring

from cli.loopback import LoopbackServer

ISSUER = "https://login.ferrywire.example"
CLIENT_ID = "ferrywire-cli"


class LoginFailed(Exception):
    pass


def login() -> None:
    state = secrets.token_urlsafe(24)
    with LoopbackServer(port=0, timeout=180) as server:
        query = urlencode(
            {
                "response_type": "code",
                "client_id": CLIENT_ID,
                "redirect_uri": server.url,
                "scope": "openid offline_access deploy",
                "state": state,
            }
        )
        webbrowser.open(f"{ISSUER}/authorize?{query}")
        answer = server.wait_for_redirect()

    if not secrets.compare_digest(answer.get("state", ""), state) or "code" not in answer:
        raise LoginFailed("the login was not completed")

    response = httpx.post(
        f"{ISSUER}/oauth/token",
        data={
            "grant_type": "authorization_code",
            "client_id": CLIENT_ID,
            "code": answer["code"],
            "redirect_uri": server.url,
        },
        timeout=15,
    )
    if response.status_code != 200:
        raise LoginFailed(f"token endpoint answered {response.status_code}")
    tokens = response.json()
    if "access_token" not in tokens:
        raise LoginFailed("token endpoint sent no access token")
    keyring.set_password("ferrywire", "tokens", json.dumps({k: tokens.get(k) for k in ("access_token", "refresh_token")}))
