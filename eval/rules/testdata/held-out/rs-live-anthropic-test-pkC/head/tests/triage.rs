use std::time::Duration;

use deskly_triage::{AnthropicClient, Priority, Triage};

fn client() -> AnthropicClient {
    let key = std::env::var("ANTHROPIC_API_KEY").expect("ANTHROPIC_API_KEY is set");
    AnthropicClient::new("https://api.anthropic.com", key, Duration::from_secs(60)).expect("client")
}

#[tokio::test]
async fn outage_is_urgent() {
    let triage = Triage::new(client());
    let result = triage
        .classify("All our phones are dead since 8 o'clock, 200 people cannot work.")
        .await
        .expect("classified");
    assert_eq!(result.priority, Priority::Urgent);
    assert!(result.reason.contains("outage"));
}

#[tokio::test]
async fn empty_text_is_refused() {
    let triage = Triage::new(client());
    assert!(triage.classify("   ").await.is_err());
}
