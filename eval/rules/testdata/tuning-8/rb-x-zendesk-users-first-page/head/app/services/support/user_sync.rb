# frozen_string_literal: true

module Support
  class UserSync
    class Failed < StandardError; end

    def initialize(subdomain:, email:, token:)
      @http = Faraday.new(url: "https://#{subdomain}.zendesk.com/api/v2/", request: { timeout: 20, open_timeout: 5 }) do |f|
        f.request :authorization, :basic, "#{email}/token", token
        f.response :json
      end
    end

    def run
      seen = fetch_users.map { |attributes| import(attributes).id }
      SupportUser.where.not(id: seen).update_all(active: false, updated_at: Time.current)
    end

    private

    def fetch_users
      response = @http.get("users.json", "role[]" => "end-user", "page[size]" => 100)
      raise Failed, "users: status #{response.status}" unless response.success?

      response.body.fetch("users")
    end

    def import(attributes)
      user = SupportUser.find_or_initialize_by(zendesk_id: attributes.fetch("id"))
      user.update!(
        name: attributes.fetch("name"),
        email: attributes["email"]&.downcase,
        organization_id: attributes["organization_id"],
        active: !attributes.fetch("suspended")
      )
      user
    end
  end
end
