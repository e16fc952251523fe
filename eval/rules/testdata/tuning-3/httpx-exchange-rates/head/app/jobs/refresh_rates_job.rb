# frozen_string_literal: true

class RefreshRatesJob < ApplicationJob
  class RatesUnavailable < StandardError; end

  queue_as :low
  retry_on RatesUnavailable, wait: :polynomially_longer, attempts: 8
  discard_on ActiveJob::DeserializationError

  HTTP = HTTPX.with(timeout: { connect_timeout: 3, request_timeout: 10 })

  def perform(base_currency)
    rates = fetch(base_currency)
    now = Time.current
    rows = rates.map { |quote, value| { base: base_currency, quote:, value: BigDecimal(value.to_s), fetched_at: now } }
    ExchangeRate.upsert_all(rows, unique_by: %i[base quote]) if rows.any?
  end

  private

  def fetch(base_currency)
    response = HTTP.get("#{Rails.configuration.x.rates.url}/latest", params: { base: base_currency })
    response.raise_for_status
    response.json.fetch("rates").slice(*ExchangeRate::SUPPORTED)
  rescue HTTPX::Error, JSON::ParserError, KeyError => e
    Rails.logger.warn("exchange rates for #{base_currency}: #{e.class} #{e.message}")
    raise RatesUnavailable, e.class.name
  end
end
