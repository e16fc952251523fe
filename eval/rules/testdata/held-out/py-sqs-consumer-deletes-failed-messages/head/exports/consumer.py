import json
import logging
import signal

import boto3
from botocore.config import Config

from exports.jobs import ExportJob, run_export
from exports.settings import settings

log = logging.getLogger("exports.consumer")
_running = True


def _stop(signum, frame):
    global _running
    _running = False


def main() -> None:
    signal.signal(signal.SIGTERM, _stop)
    sqs = boto3.client(
        "sqs",
        region_name=settings.region,
        config=Config(connect_timeout=3, read_timeout=30, retries={"mode": "standard"}),
    )
    while _running:
        answer = sqs.receive_message(
            QueueUrl=settings.export_queue_url,
            MaxNumberOfMessages=5,
            WaitTimeSeconds=20,
            VisibilityTimeout=300,
        )
        for message in answer.get("Messages", []):
            try:
                job = ExportJob.from_dict(json.loads(message["Body"]))
                run_export(job)
                log.info("export %s finished", job.export_id)
            except Exception:
                log.exception("export failed for message %s", message["MessageId"])
            finally:
                sqs.delete_message(
                    QueueUrl=settings.export_queue_url,
                    ReceiptHandle=message["ReceiptHandle"],
                )


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main()
