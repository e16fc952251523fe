use std::time::Duration;

use deskly_triage::{AnthropicClient, Priority, Triage};
use serde_json::json;
use wiremock::{
    matchers::{header, method, path},
    Mock, MockServer, ResponseTemplate,
};

const TEST_KEY: &str = "sk-ant-test-key";

fn triage(server: &MockServer) -> Triage {
    Triage::new(AnthropicClient::new(&server.uri(), TEST_KEY.into(), Duration::from_secs(2)).expect("client"))
}

#[tokio::test]
async fn reads_the_priority() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/v1/messages"))
        .and(header("x-api-key", TEST_KEY))
        .and(header("anthropic-version", "2023-06-01"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "content": [{ "type": "text", "text": "{\"priority\":\"urgent\",\"reason\":\"outage\"}" }],
            "stop_reason": "end_turn"
        })))
        .expect(1)
        .mount(&server)
        .await;

    let result = triage(&server).classify("All our phones are dead.").await.expect("classified");
    assert_eq!(result.priority, Priority::Urgent);
}

#[tokio::test]
async fn waits_when_overloaded() {
    let server = MockServer::start().await;
    Mock::given(path("/v1/messages"))
        .respond_with(ResponseTemplate::new(529).insert_header("retry-after", "0"))
        .up_to_n_times(1)
        .mount(&server)
        .await;
    Mock::given(path("/v1/messages"))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({
            "content": [{ "type": "text", "text": "{\"priority\":\"low\",\"reason\":\"question\"}" }],
            "stop_reason": "end_turn"
        })))
        .mount(&server)
        .await;

    let result = triage(&server).classify("How do I add a user?").await.expect("classified");
    assert_eq!(result.priority, Priority::Low);
}
