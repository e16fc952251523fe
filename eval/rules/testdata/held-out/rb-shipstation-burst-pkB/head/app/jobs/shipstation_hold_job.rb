# frozen_string_literal: true

class ShipstationHoldJob < ApplicationJob
  queue_as :integrations
  discard_on ActiveJob::DeserializationError

  # Puts all open orders of a blocked customer on hold. Up to a few thousand orders.
  def perform(customer, hold_until)
    orders = customer.orders.awaiting_shipment.where.not(shipstation_id: nil).pluck(:shipstation_id)

    failed = Concurrent::Array.new
    Parallel.each(orders, in_threads: 20) do |order_id|
      response = client.post("orders/holduntil", { orderId: order_id, holdUntilDate: hold_until.to_s })
      failed << order_id unless response.success?
    end

    return if failed.empty?

    Rails.logger.error("shipstation: #{failed.size} of #{orders.size} orders not on hold for customer #{customer.id}")
    HoldFailureMailer.with(customer: customer, order_ids: failed.to_a).report.deliver_later
  end

  private

  def client
    @client ||= Faraday.new(url: "https://ssapi.shipstation.com/", request: { timeout: 20, open_timeout: 5 }) do |f|
      f.request :authorization, :basic, ENV.fetch("SHIPSTATION_KEY"), ENV.fetch("SHIPSTATION_SECRET")
      f.request :json
      f.response :json
    end
  end
end
