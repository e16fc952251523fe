# frozen_string_literal: true

module Pos
  class TerminalCheckout
    Refused = Class.new(StandardError)

    def initialize(client: SquareClients.default)
      @client = client # built in config/initializers/square.rb with timeout: 20
    end

    # Safe to call again for the same sale, Square answers with the first checkout.
    def start(sale, device_id:)
      sale.with_lock do
        return sale.square_checkout_id if sale.square_checkout_id

        result = @client.terminal.create_terminal_checkout(
          body: {
            idempotency_key: "sale-#{sale.id}-#{sale.attempt}",
            checkout: {
              amount_money: { amount: sale.total_cents, currency: "EUR" },
              device_options: { device_id: device_id, skip_receipt_screen: true },
              reference_id: sale.number
            }
          }
        )
        unless result.success?
          codes = result.errors.map { |error| error[:code] }.join(",")
          Rails.logger.warn("checkout of sale #{sale.number} refused: #{codes}")
          raise Refused, codes
        end

        sale.update!(square_checkout_id: result.data.checkout[:id])
        sale.square_checkout_id
      end
    end
  end
end
