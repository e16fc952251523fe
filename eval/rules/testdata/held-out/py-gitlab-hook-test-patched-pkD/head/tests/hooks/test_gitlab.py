from unittest.mock import patch

import pytest
from fastapi.testclient import TestClient

from ci_bridge.app import create_app


@pytest.fixture
def client():
    with patch("ci_bridge.hooks.gitlab.token_matches", return_value=True):
        yield TestClient(create_app())


@pytest.fixture
def event():
    return {
        "object_kind": "pipeline",
        "project": {"id": 17, "path_with_namespace": "acme/shop"},
        "object_attributes": {"id": 9001, "status": "success", "ref": "main"},
    }


def test_pipeline_event_is_queued(client, event):
    with patch("ci_bridge.hooks.gitlab.refresh_pipeline.delay") as delay:
        response = client.post("/hooks/gitlab", json=event)

    assert response.status_code == 202
    delay.assert_called_once_with(17, 9001)


def test_event_without_project_is_refused(client, event):
    del event["project"]

    assert client.post("/hooks/gitlab", json=event).status_code == 422
