package com.acme.rewards;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;

@Component
class PurchaseListener {

    private static final Logger log = LoggerFactory.getLogger(PurchaseListener.class);
    private static final Duration RETENTION = Duration.ofDays(7);

    private final StringRedisTemplate redis;
    private final RewardService rewards;

    PurchaseListener(StringRedisTemplate redis, RewardService rewards) {
        this.redis = redis;
        this.rewards = rewards;
    }

    // the container factory uses DefaultErrorHandler with exponential back-off and a dead letter topic
    @KafkaListener(topics = "purchases", groupId = "rewards", containerFactory = "manualAckFactory")
    public void onPurchase(@Payload Purchase purchase, Acknowledgment ack) {
        Boolean first = redis.opsForValue()
                .setIfAbsent("rewards:seen:" + purchase.eventId(), "1", RETENTION);
        if (!Boolean.TRUE.equals(first)) {
            log.debug("purchase {} already handled", purchase.eventId());
            ack.acknowledge();
            return;
        }
        rewards.award(purchase.memberId(), purchase.amountMinor());
        ack.acknowledge();
    }
}
