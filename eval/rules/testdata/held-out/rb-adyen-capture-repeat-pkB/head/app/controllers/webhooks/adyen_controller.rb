# frozen_string_literal: true

module Webhooks
  class AdyenController < ActionController::API
    include ActionController::HttpAuthentication::Basic::ControllerMethods

    http_basic_authenticate_with name: ENV.fetch("ADYEN_HOOK_USER"), password: ENV.fetch("ADYEN_HOOK_PASSWORD")

    def create
      items = params.require(:notificationItems).map { |i| i.require(:NotificationRequestItem).to_unsafe_h }
      return head :unauthorized unless items.all? { |item| validator.valid_notification_hmac?(item, hmac_key) }

      items.each { |item| book(item) if item["eventCode"] == "CAPTURE" && item["success"].to_s == "true" }
      render plain: "[accepted]"
    end

    private

    def book(item)
      order = Order.find_by!(reference: item.fetch("merchantReference"))
      LedgerEntry.create!(
        order: order,
        kind: "capture",
        amount_cents: item.dig("amount", "value"),
        currency: item.dig("amount", "currency"),
        booked_at: Time.iso8601(item.fetch("eventDate"))
      )
    end

    def validator
      @validator ||= Adyen::Utils::HmacValidator.new
    end

    def hmac_key
      Rails.application.credentials.adyen.fetch(:hmac_key)
    end
  end
end
