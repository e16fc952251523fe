from celery import shared_task

from intake.models import Submission
from intake.scoring import score


@shared_task(autoretry_for=(Submission.DoesNotExist, ConnectionError), retry_backoff=True, max_retries=6, acks_late=True)
def score_submission(pk: int) -> None:
    submission = Submission.objects.get(pk=pk)
    if submission.score is not None:
        return
    submission.score = score(submission.answers)
    submission.save(update_fields=["score"])


@shared_task
def rescan_unscored() -> None:
    """Beat runs this every ten minutes for rows whose message was lost."""
    for pk in Submission.objects.filter(score__isnull=True).values_list("pk", flat=True)[:500]:
        score_submission.delay(pk)
