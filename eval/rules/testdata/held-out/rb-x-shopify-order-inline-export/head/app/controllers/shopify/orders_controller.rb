# frozen_string_literal: true

class Shopify::OrdersController < ActionController::API
  before_action :verify_hmac!

  def paid
    order = JSON.parse(request.raw_post)
    delivery = WebhookDelivery.create_or_find_by!(external_id: request.headers.fetch("X-Shopify-Webhook-Id"))
    return head :ok if delivery.processed?

    sales_order = Erp::SalesOrderBuilder.new(order).build
    erp.upsert_customer(sales_order.customer)
    erp.upsert_sales_order(sales_order)
    erp.render_confirmation_pdf(sales_order.external_id).then do |pdf|
      OrderMailer.confirmation(order.fetch("email"), pdf).deliver_now
    end
    delivery.update!(processed_at: Time.current)
    head :ok
  rescue JSON::ParserError, KeyError
    head :bad_request
  end

  private

  # SOAP interface of the ERP; 20 seconds for each call.
  def erp
    @erp ||= Erp::Client.new(read_timeout: 20)
  end

  def verify_hmac!
    digest = OpenSSL::HMAC.digest("SHA256", shared_secret, request.raw_post)
    given = request.headers["X-Shopify-Hmac-Sha256"].to_s
    head :unauthorized unless given == Base64.strict_encode64(digest)
  end

  def shared_secret
    Rails.application.credentials.shopify.fetch(:api_secret)
  end
end
