# frozen_string_literal: true

module Webhooks
  class WoocommerceController < ActionController::API
    before_action :authenticate_shop!

    TOPICS = {
      "order.created" => Woocommerce::ImportOrderJob,
      "order.updated" => Woocommerce::ImportOrderJob,
      "product.updated" => Woocommerce::ImportProductJob
    }.freeze

    def create
      job = TOPICS[request.headers["X-WC-Webhook-Topic"]]
      return head :ok unless job

      resource = JSON.parse(request.raw_post)
      resource_id = Integer(resource.fetch("id"))

      delivery = WebhookDelivery.create_or_find_by!(
        shop: @shop,
        external_id: request.headers["X-WC-Webhook-Delivery-ID"]
      )
      # the jobs load the resource over the REST API and are safe to repeat
      job.perform_later(@shop.id, resource_id, delivery.id)
      head :accepted
    rescue JSON::ParserError, KeyError, ArgumentError, TypeError => e
      Rails.logger.warn("woocommerce payload refused: #{e.class}")
      head :unprocessable_entity
    end

    private

    def authenticate_shop!
      @shop = Shop.find_by!(public_id: params[:shop_id])
      digest = OpenSSL::HMAC.digest("SHA256", @shop.webhook_secret, request.raw_post)
      expected = Base64.strict_encode64(digest)
      given = request.headers["X-WC-Webhook-Signature"].to_s

      return if expected == given

      Rails.logger.warn("woocommerce signature mismatch for shop #{@shop.public_id}")
      head :unauthorized
    end
  end
end
