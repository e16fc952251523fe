# frozen_string_literal: true

# == Schema: partner_id, status, weight_grams, length_mm, width_mm, height_mm, remarks,
#            freight_cost_cents, customer_id, invoiced_at
class Shipment < ApplicationRecord
  belongs_to :partner
  belongs_to :customer

  validates :weight_grams, numericality: { only_integer: true, greater_than: 0 }
  validates :status, inclusion: { in: %w[planned collected delivered cancelled] }
end
