# frozen_string_literal: true

module Rates
  # Quotes all open shipments anew after a tariff change; run from the operations console.
  class RefreshAll
    def initialize(carrier_client: CarrierHub::Client.new(timeout: 15), logger: Rails.logger)
      @client = carrier_client
      @logger = logger
    end

    def call
      errors = Queue.new

      threads = Shipment.open.find_each.map do |shipment|
        Thread.new do
          ActiveRecord::Base.connection_pool.with_connection { refresh(shipment) }
        rescue StandardError => e
          errors << [shipment.id, e.class.name]
        end
      end
      threads.each(&:join)

      @logger.info("rates refreshed for #{threads.size} shipments, #{errors.size} failed")
      failed = Array.new(errors.size) { errors.pop }
      RateRefreshReport.create!(total: threads.size, failures: failed)
    end

    private

    def refresh(shipment)
      quote = @client.quote(shipment)
      shipment.update!(quoted_cents: quote.cents, quoted_at: Time.current)
    end
  end
end
