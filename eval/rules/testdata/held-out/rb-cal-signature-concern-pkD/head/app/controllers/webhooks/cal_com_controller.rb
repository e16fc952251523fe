# frozen_string_literal: true

module Webhooks
  class CalComController < ActionController::API
    include HmacVerified

    verifies_hmac header: "X-Cal-Signature-256", secret: -> { ENV.fetch("CALCOM_WEBHOOK_SECRET") }

    HANDLED = %w[BOOKING_CREATED BOOKING_RESCHEDULED BOOKING_CANCELLED].freeze

    def create
      trigger = params[:triggerEvent].to_s
      return head(:no_content) unless HANDLED.include?(trigger)

      payload = params.require(:payload).permit(:uid, :title, :startTime, :endTime)
      delivery = WebhookDelivery.create_or_find_by!(
        source: "calcom",
        key: Digest::SHA256.hexdigest(request.raw_post)
      )
      if delivery.enqueued_at.nil?
        CalComBookingJob.perform_later(delivery.id, trigger, payload.to_h)
        delivery.update!(enqueued_at: Time.current)
      end
      head :accepted
    end
  end
end
