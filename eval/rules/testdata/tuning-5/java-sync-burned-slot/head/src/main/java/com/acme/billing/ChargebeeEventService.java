package com.acme.billing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Service
public class ChargebeeEventService {

  private static final Logger log = LoggerFactory.getLogger(ChargebeeEventService.class);

  private final JdbcTemplate jdbc;
  private final SubscriptionService subscriptions;
  private final TransactionTemplate separate;

  public ChargebeeEventService(JdbcTemplate jdbc, SubscriptionService subscriptions, PlatformTransactionManager tm) {
    this.jdbc = jdbc;
    this.subscriptions = subscriptions;
    this.separate = new TransactionTemplate(tm);
    this.separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** Called with an authenticated, validated event. */
  public void process(ChargebeeEvent event) {
    if (!claim(event.id())) {
      log.info("chargebee event {} is known", event.id());
      return;
    }
    switch (event.type()) {
      case SUBSCRIPTION_ACTIVATED -> subscriptions.activate(event.subscriptionId(), event.resourceVersion());
      case SUBSCRIPTION_CANCELLED -> subscriptions.cancel(event.subscriptionId(), event.resourceVersion());
      case PAYMENT_FAILED -> subscriptions.suspend(event.subscriptionId(), event.resourceVersion());
      default -> log.debug("chargebee event {} not handled", event.type());
    }
  }

  private boolean claim(String eventId) {
    try {
      separate.executeWithoutResult(
          status -> jdbc.update("INSERT INTO chargebee_events (id) VALUES (?)", eventId));
      return true;
    } catch (DuplicateKeyException e) {
      return false;
    }
  }
}
