from flask import Blueprint, abort, jsonify, request

from ext_backend.auth import viewer
from ext_backend.polls import PollClosed, polls

bp = Blueprint("polls", __name__)


@bp.post("/polls/<int:poll_id>/votes")
def vote(poll_id: int):
    who = viewer()
    body = request.get_json(silent=True) or {}
    option = body.get("option")
    if not isinstance(option, int):
        abort(422)
    try:
        totals = polls.vote(poll_id, who.channel_id, who.opaque_user_id, option)
    except PollClosed:
        return jsonify(error="closed"), 409
    return jsonify(totals=totals)
