# frozen_string_literal: true

require_relative "faraday/audit_logger"

module PartnerConnection
  def self.build(url:, token:, logger:)
    Faraday.new(url: url, request: { open_timeout: 3, timeout: 10 }) do |f|
      f.request :authorization, "Bearer", token
      f.request :json
      f.response :raise_error
      f.response :json
      f.use Faraday::AuditLogger, logger: logger
    end
  end
end
