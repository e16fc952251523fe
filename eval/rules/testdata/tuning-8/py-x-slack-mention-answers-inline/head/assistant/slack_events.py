import logging

from flask import Blueprint, abort, current_app, jsonify, request
from openai import OpenAI, OpenAIError
from slack_sdk import WebClient
from slack_sdk.signature import SignatureVerifier

bp = Blueprint("slack", __name__)
log = logging.getLogger("assistant.slack")


@bp.before_request
def verify() -> None:
    verifier = SignatureVerifier(current_app.config["SLACK_SIGNING_SECRET"])
    if not verifier.is_valid_request(request.get_data(), dict(request.headers)):
        abort(401)


@bp.post("/slack/events")
def events():
    body = request.get_json()
    if body.get("type") == "url_verification":
        return jsonify(challenge=body["challenge"])
    event = body.get("event", {})
    if event.get("type") != "app_mention":
        return "", 200
    try:
        completion = OpenAI(api_key=current_app.config["OPENAI_API_KEY"], timeout=40).chat.completions.create(
            model="gpt-4o", messages=[{"role": "user", "content": event["text"]}], max_tokens=800
        )
        text = completion.choices[0].message.content or "I have no answer."
    except OpenAIError as exc:
        log.error("no completion for event %s: %s", body["event_id"], type(exc).__name__)
        text = "I cannot answer at the moment."
    WebClient(token=current_app.config["SLACK_BOT_TOKEN"]).chat_postMessage(
        channel=event["channel"], thread_ts=event["ts"], text=text
    )
    return "", 200
