# frozen_string_literal: true

# ShopifyDeliverySweepJob starts it again for deliveries that stay in "received".
class Shopify::DeliveryJob < ApplicationJob
  queue_as :erp
  retry_on Erp::Client::Unavailable, wait: :polynomially_longer, attempts: 8

  def perform(delivery_id)
    delivery = ShopifyDelivery.find(delivery_id)
    return if delivery.state == "done"

    refund = JSON.parse(delivery.body)
    # the ERP refuses a second credit note with the same external number
    Erp::Client.new.create_credit_note(
      external_number: "shopify-#{refund.fetch('id')}",
      order_number: refund.fetch("order_id"),
      lines: refund.fetch("refund_line_items").map { |l| l.slice("line_item_id", "quantity", "subtotal") }
    )
  rescue Erp::Client::DuplicateNumber
    delivery.update!(state: "done")
  else
    delivery.update!(state: "done")
  end
end
