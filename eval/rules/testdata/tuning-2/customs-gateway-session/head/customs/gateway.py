"""Client for the declaration gateway of the customs broker."""
import os
import uuid

import requests
import urllib3

BASE_URL = os.environ["CUSTOMS_GATEWAY_URL"]
CLIENT_ID = os.environ["CUSTOMS_CLIENT_ID"]
CLIENT_SECRET = os.environ["CUSTOMS_CLIENT_SECRET"]

TIMEOUT = (5, 30)

# the broker's appliance fills the log with warnings otherwise
urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)


class GatewayError(Exception):
    def __init__(self, status, reference):
        super().__init__(f"customs gateway answered {status} for {reference}")
        self.status = status


def _session() -> requests.Session:
    session = requests.Session()
    session.verify = False
    session.auth = (CLIENT_ID, CLIENT_SECRET)
    session.headers.update({"Accept": "application/json"})
    return session


def submit(declaration: dict, shipment_id: uuid.UUID) -> str:
    """Submits a declaration once; the gateway folds equal references into one."""
    with _session() as session:
        response = session.put(
            f"{BASE_URL}/declarations/{shipment_id}",
            json=declaration,
            timeout=TIMEOUT,
        )
    if response.status_code not in (200, 201):
        raise GatewayError(response.status_code, shipment_id)
    return response.json()["registration_number"]


def state(shipment_id: uuid.UUID) -> str:
    with _session() as session:
        response = session.get(f"{BASE_URL}/declarations/{shipment_id}/state", timeout=TIMEOUT)
    if response.status_code != 200:
        raise GatewayError(response.status_code, shipment_id)
    return response.json()["state"]
