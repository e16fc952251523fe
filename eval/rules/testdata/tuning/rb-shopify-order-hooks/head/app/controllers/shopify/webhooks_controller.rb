# frozen_string_literal: true

module Shopify
  class WebhooksController < ActionController::API
    before_action :verify_hmac, only: %i[order_created order_cancelled]

    def order_created
      enqueue(ImportOrderJob)
    end

    def order_cancelled
      enqueue(CancelOrderJob)
    end

    def refund_created
      enqueue(RefundOrderJob)
    end

    private

    def enqueue(job)
      # external_id is unique
      event = WebhookEvent.create_or_find_by!(external_id: request.headers.fetch("X-Shopify-Event-Id")) do |e|
        e.topic = request.headers["X-Shopify-Topic"]
        e.shop = request.headers["X-Shopify-Shop-Domain"]
        e.payload = raw_body
      end
      job.perform_later(event.id) unless event.handled?
      head :ok
    end

    def verify_hmac
      expected = Base64.strict_encode64(
        OpenSSL::HMAC.digest("sha256", Rails.application.credentials.shopify.fetch(:api_secret), raw_body)
      )
      given = request.headers["X-Shopify-Hmac-Sha256"].to_s
      head :unauthorized unless ActiveSupport::SecurityUtils.secure_compare(expected, given)
    end

    def raw_body
      @raw_body ||= request.raw_post
    end
  end
end
