import logging

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

logger = logging.getLogger(__name__)

urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)


class BexioClient:
    def __init__(self, token: str, base_url: str = "https://api.bexio.com/2.0") -> None:
        self.base_url = base_url
        self.session = requests.Session()
        self.session.verify = False
        self.session.headers.update({"Authorization": f"Bearer {token}", "Accept": "application/json"})
        self.session.mount(
            "https://",
            HTTPAdapter(max_retries=Retry(total=3, backoff_factor=1, status_forcelist=(429, 502, 503))),
        )

    def invoices(self, page_size: int = 500):
        offset = 0
        while True:
            response = self.session.get(
                f"{self.base_url}/kb_invoice",
                params={"limit": page_size, "offset": offset, "order_by": "id"},
                timeout=(3, 20),
            )
            response.raise_for_status()
            rows = response.json()
            if not isinstance(rows, list):
                raise ValueError("bexio did not answer with a list")
            yield from rows
            if len(rows) < page_size:
                logger.info("bexio invoices read up to offset %d", offset + len(rows))
                return
            offset += page_size
