import logging

from django.conf import settings
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from slack_bolt import App
from slack_bolt.adapter.django import SlackRequestHandler
from slack_sdk import WebClient

from chat.models import ReportedMessage

logger = logging.getLogger(__name__)

app = App(
    client=WebClient(token=settings.SLACK_BOT_TOKEN, timeout=10),
    signing_secret=settings.SLACK_SIGNING_SECRET,
    process_before_response=True,
)
handler = SlackRequestHandler(app=app)


@app.event("reaction_added")
def on_reaction(event: dict, body: dict) -> None:
    item = event.get("item", {})
    if event.get("reaction") != "triangular_flag_on_post" or item.get("type") != "message":
        return
    # event_id is the primary key: Slack delivers an event up to four times
    ReportedMessage.objects.bulk_create(
        [
            ReportedMessage(
                event_id=body["event_id"],
                channel=item["channel"],
                message_ts=item["ts"],
                reporter=event["user"],
            )
        ],
        ignore_conflicts=True,
    )
    logger.info("message in %s reported", item["channel"])


@csrf_exempt
@require_POST
def slack_events(request):
    return handler.handle(request)
