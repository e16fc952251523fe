# frozen_string_literal: true

module Shipping
  # Called from CheckoutController#complete.
  class BuyLabel
    BASE = "https://api.easypost.com/v2"

    def initialize(shipment, api_key: Rails.application.credentials.dig(:easypost, :api_key))
      @shipment = shipment
      @api_key = api_key
    end

    def call
      @shipment.with_lock do
        return @shipment if @shipment.label_bought?

        response = HTTP
          .basic_auth(user: @api_key, pass: "")
          .headers(accept: "application/json")
          .post("#{BASE}/shipments/#{@shipment.easypost_id}/buy", json: { rate: { id: @shipment.rate_id } })

        label = response.parse
        @shipment.update!(
          state: "label_bought",
          tracking_code: label["tracking_code"],
          label_url: label.dig("postage_label", "label_url")
        )
      end
      Rails.logger.info("label bought shipment=#{@shipment.id}")
      @shipment
    end
  end
end
