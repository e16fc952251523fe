import logging
import os

import requests
from flask import Blueprint, abort, jsonify, request
from flask_login import current_user, login_required

bp = Blueprint("orders", __name__)
log = logging.getLogger("portal.sap")

SERVICE = os.environ["SAP_URL"] + "/sap/opu/odata/sap/API_SALES_ORDER_SRV/A_SalesOrder"


@bp.get("/orders")
@login_required
def orders():
    reference = request.args.get("reference", "")
    criteria = f"SoldToParty eq '{current_user.sap_number}'"
    if reference:
        criteria += f" and PurchaseOrderByCustomer eq '{reference}'"
    try:
        response = requests.get(
            SERVICE,
            params={"$filter": criteria, "$top": "50", "$orderby": "SalesOrderDate desc", "$format": "json"},
            auth=(os.environ["SAP_USER"], os.environ["SAP_PASSWORD"]),
            timeout=20,
        )
        response.raise_for_status()
    except requests.RequestException as exc:
        log.error("sap order search failed: %s", type(exc).__name__)
        abort(502)
    return jsonify(
        [
            {
                "number": row["SalesOrder"],
                "reference": row["PurchaseOrderByCustomer"],
                "total": row["TotalNetAmount"],
                "currency": row["TransactionCurrency"],
            }
            for row in response.json()["d"]["results"]
        ]
    )
