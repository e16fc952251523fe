import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.util import Retry


def recharge_session():
    session = requests.Session()
    session.headers.update({"X-Recharge-Access-Token": settings.RECHARGE_TOKEN, "X-Recharge-Version": "2021-11"})
    retry = Retry(total=4, backoff_factor=1, status_forcelist=(429, 502, 503, 504))
    session.mount("https://", HTTPAdapter(max_retries=retry))
    return session
