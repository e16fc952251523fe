# frozen_string_literal: true

class KlaviyoClient
  Error = Class.new(StandardError)

  REVISION = "2024-10-15"

  def initialize(api_key: Rails.application.credentials.dig(:klaviyo, :private_key))
    @connection = Faraday.new(url: "https://a.klaviyo.com") do |f|
      f.request :json
      f.request :retry, max: 3, interval: 0.5, backoff_factor: 2, methods: %i[get], retry_statuses: [429, 503]
      f.response :json
      f.response :raise_error
      f.response :logger, Rails.logger, headers: true, bodies: false, log_level: :info
      f.options.open_timeout = 3
      f.options.timeout = 15
      f.headers["Authorization"] = "Klaviyo-API-Key #{api_key}"
      f.headers["revision"] = REVISION
    end
  end

  # Creates or updates the profile with this external id.
  def upsert_profile(user)
    response = @connection.post("/api/profile-import", {
      data: {
        type: "profile",
        attributes: {
          email: user.email,
          external_id: user.id.to_s,
          first_name: user.first_name,
          properties: { plan: user.plan, locale: user.locale }
        }
      }
    })
    response.body.dig("data", "id")
  rescue Faraday::Error => e
    raise Error, "klaviyo profile of user #{user.id}: #{e.class}"
  end

  def list_profile_count(list_id)
    response = @connection.get("/api/lists/#{list_id}", { "additional-fields[list]" => "profile_count" })
    response.body.dig("data", "attributes", "profile_count")
  rescue Faraday::Error => e
    raise Error, "klaviyo list #{list_id}: #{e.class}"
  end
end
