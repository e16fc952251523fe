# frozen_string_literal: true

module Offboarding
  class OktaDeactivate
    def initialize(domain: ENV.fetch("OKTA_DOMAIN"), token: ENV.fetch("OKTA_API_TOKEN"))
      @http = HTTP.timeout(connect: 5, read: 15)
                  .auth("SSWS #{token}")
                  .headers(accept: "application/json")
      @base = "https://#{domain}/api/v1"
    end

    def call(employee)
      return if employee.okta_deactivated_at?

      deactivate(employee.okta_id)
      employee.update!(okta_deactivated_at: Time.current)
      AuditEntry.create!(actor: "offboarding", action: "okta.deactivated", subject: employee)
    end

    private

    def deactivate(okta_id)
      response = @http.post("#{@base}/users/#{okta_id}/lifecycle/deactivate")
      response.flush
      Rails.logger.info("okta deactivation of #{okta_id}: #{response.status.code}")
    rescue HTTP::Error => e
      Rails.logger.warn("okta deactivation of #{okta_id} failed: #{e.message}")
    end
  end
end
