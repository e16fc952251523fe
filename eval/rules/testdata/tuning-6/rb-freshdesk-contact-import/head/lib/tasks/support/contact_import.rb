# frozen_string_literal: true

module Support
  # Moves all contacts of a tenant to Freshdesk (up to 30 000). Started by an administrator.
  class ContactImport
    Result = Data.define(:created, :skipped)

    def initialize(tenant)
      @tenant = tenant
      @http = Faraday.new(url: "https://#{tenant.freshdesk_domain}.freshdesk.com") do |f|
        f.request :json
        f.request :authorization, :basic, tenant.freshdesk_api_key, "X"
        f.response :json
        f.options.open_timeout = 5
        f.options.timeout = 20
      end
    end

    def run
      created = 0
      skipped = []

      @tenant.contacts.where(freshdesk_id: nil).find_each do |contact|
        response = @http.post("/api/v2/contacts", attributes(contact))
        if response.status == 201 || response.status == 409
          contact.update!(freshdesk_id: contact_id(response))
          created += 1
          next
        end

        Rails.logger.warn("contact #{contact.id} skipped: #{response.status}")
        skipped << contact.id
      end

      Result.new(created:, skipped:)
    end

    private

    def attributes(contact)
      { name: contact.name, email: contact.email, phone: contact.phone, unique_external_id: contact.id.to_s }.compact
    end

    def contact_id(response)
      return response.body["id"] if response.status == 201

      response.body["errors"].first.dig("additional_info", "user_id")
    end
  end
end
