package com.acme.prices;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.math.BigDecimal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;

@Component
@Validated
public class PriceListener {

  private static final Logger log = LoggerFactory.getLogger(PriceListener.class);

  public record PriceChanged(
      @NotBlank String sku, @NotNull @PositiveOrZero BigDecimal price, @PositiveOrZero long version) {}

  private final JdbcClient jdbc;

  public PriceListener(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @KafkaListener(topics = "supplier.price-changed", groupId = "shop-prices")
  public void on(@Payload @Valid PriceChanged event) {
    int rows =
        jdbc.sql("UPDATE product SET price = :price, price_version = :version WHERE sku = :sku AND price_version < :version")
            .param("price", event.price())
            .param("version", event.version())
            .param("sku", event.sku())
            .update();
    log.info("price of {} version {} {}", event.sku(), event.version(), rows == 1 ? "applied" : "skipped");
  }
}
