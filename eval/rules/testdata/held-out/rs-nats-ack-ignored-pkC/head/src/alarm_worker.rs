use async_nats::jetstream::{consumer::PullConsumer, AckKind};
use futures::StreamExt;
use tracing::{error, info, warn};

use crate::{alarm::Alarm, dispatch::DispatchCenter};

pub struct AlarmWorker {
    consumer: PullConsumer,
    center: DispatchCenter,
}

impl AlarmWorker {
    pub fn new(consumer: PullConsumer, center: DispatchCenter) -> Self {
        Self { consumer, center }
    }

    pub async fn run(&self) -> anyhow::Result<()> {
        let mut messages = self.consumer.messages().await?;
        while let Some(message) = messages.next().await {
            let message = match message {
                Ok(message) => message,
                Err(error) => {
                    warn!(%error, "alarm stream interrupted");
                    continue;
                }
            };
            let alarm: Alarm = match serde_json::from_slice(&message.payload) {
                Ok(alarm) => alarm,
                Err(error) => {
                    error!(%error, subject = %message.subject, "alarm not readable");
                    message.ack_with(AckKind::Term).await.map_err(anyhow::Error::from_boxed)?;
                    continue;
                }
            };
            let _ = self.center.forward(&alarm, alarm.id).await;
            message.ack().await.map_err(anyhow::Error::from_boxed)?;
            info!(alarm = %alarm.id, device = %alarm.device, "alarm handled");
        }
        Ok(())
    }
}
