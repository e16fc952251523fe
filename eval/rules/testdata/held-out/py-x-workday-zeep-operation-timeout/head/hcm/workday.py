import logging
from datetime import date

from requests import Session
from zeep import Client, Settings
from zeep.cache import InMemoryCache
from zeep.exceptions import Fault, TransportError
from zeep.transports import Transport
from zeep.wsse.username import UsernameToken

from hcm.config import WorkdayConfig

log = logging.getLogger("hcm.workday")


class WorkdayError(Exception):
    pass


def connect(config: WorkdayConfig) -> Client:
    transport = Transport(cache=InMemoryCache(), timeout=20, operation_timeout=90, session=Session())
    return Client(
        f"https://{config.host}/ccx/service/{config.tenant}/Human_Resources/v42.1?wsdl",
        transport=transport,
        wsse=UsernameToken(f"{config.user}@{config.tenant}", config.password),
        settings=Settings(strict=False, xml_huge_tree=False),
    )


def workers(client: Client, as_of: date) -> list:
    page, pages, result = 1, 1, []
    while page <= pages:
        try:
            answer = client.service.Get_Workers(
                Response_Filter={"As_Of_Effective_Date": as_of, "Page": page, "Count": 200}
            )
        except Fault as exc:
            raise WorkdayError(f"workday fault on page {page}: {exc.message}") from exc
        except TransportError as exc:
            raise WorkdayError(f"workday answered {exc.status_code}") from exc
        pages = int(answer["Response_Results"]["Total_Pages"])
        result.extend(answer["Response_Data"]["Worker"] if answer["Response_Data"] else [])
        page += 1
    log.info("workday: %d workers as of %s", len(result), as_of)
    return result
