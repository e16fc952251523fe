# frozen_string_literal: true

module Marketing
  class KlaviyoBackfill
    Report = Struct.new(:sent, :skipped)

    def initialize(api_key: Rails.application.credentials.dig(:klaviyo, :private_key))
      @http = Faraday.new("https://a.klaviyo.com") do |f|
        f.headers["Authorization"] = "Klaviyo-API-Key #{api_key}"
        f.headers["revision"] = "2024-02-15"
        f.request :json
        f.options.timeout = 10
        f.options.open_timeout = 3
      end
    end

    def call
      report = Report.new(0, 0)
      Customer.consenting.find_each do |customer|
        response = @http.post("/api/profile-import/", profile(customer))
        case response.status
        when 200, 201
          report.sent += 1
        when 429
          report.skipped += 1
        else
          raise "klaviyo answered #{response.status} for customer #{customer.id}"
        end
      end
      Rails.logger.info("klaviyo backfill sent=#{report.sent} skipped=#{report.skipped}")
      report
    end

    private

    def profile(customer)
      {
        data: {
          type: "profile",
          attributes: {
            email: customer.email,
            external_id: customer.id.to_s,
            first_name: customer.first_name,
            last_name: customer.last_name
          }
        }
      }
    end
  end
end
