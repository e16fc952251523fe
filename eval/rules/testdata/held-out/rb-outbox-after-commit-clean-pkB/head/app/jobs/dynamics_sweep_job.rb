# frozen_string_literal: true

class DynamicsSweepJob < ApplicationJob
  queue_as :low

  def perform
    PurchaseOrder.stale.find_each { |order| DynamicsPushJob.perform_later(order) }
  end
end
