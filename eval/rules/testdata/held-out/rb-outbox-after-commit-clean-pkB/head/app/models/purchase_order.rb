# frozen_string_literal: true

class PurchaseOrder < ApplicationRecord
  belongs_to :supplier
  has_many :lines, class_name: "PurchaseOrderLine", dependent: :destroy

  enum :erp_state, { pending: 0, pushed: 1, rejected: 2 }, prefix: :erp

  validates :number, presence: true, uniqueness: true

  after_create_commit { DynamicsPushJob.perform_later(self) }

  scope :stale, -> { erp_pending.where(created_at: ..15.minutes.ago) }
end
