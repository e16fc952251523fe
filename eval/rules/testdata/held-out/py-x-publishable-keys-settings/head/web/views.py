from flask import Blueprint, jsonify

from web.config import browser

bp = Blueprint("config", __name__)


@bp.get("/config.json")
def config():
    response = jsonify(browser.as_dict())
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
