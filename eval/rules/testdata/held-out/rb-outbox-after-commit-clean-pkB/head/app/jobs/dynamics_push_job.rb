# frozen_string_literal: true

class DynamicsPushJob < ApplicationJob
  queue_as :erp
  retry_on Dynamics::Unavailable, wait: :polynomially_longer, attempts: 7

  def perform(order)
    return unless order.erp_pending?

    # PATCH on the alternate key: Dynamics creates or updates, so a repetition is harmless.
    Dynamics::Client.new(timeout: 20).upsert("purchaseorders(acme_number='#{ERB::Util.url_encode(order.number)}')", Dynamics::OrderPayload.build(order))
    order.erp_pushed!
  rescue Dynamics::Rejected => e
    Rails.logger.error("purchase order #{order.id} rejected: #{e.code}")
    order.erp_rejected!
  end
end
