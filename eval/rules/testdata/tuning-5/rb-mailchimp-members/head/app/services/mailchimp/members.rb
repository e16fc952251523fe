# frozen_string_literal: true

require 'digest'

module Mailchimp
  class Members
    STATUSES = %w[subscribed unsubscribed cleaned pending transactional archived].freeze

    class UnexpectedAnswer < StandardError; end

    def initialize(list_id:, connection: Connection.build)
      @list_id = list_id
      @connection = connection
    end

    # PUT is an upsert, so the retry of the connection is harmless.
    def upsert(email:, first_name:, consent:)
      response = @connection.put(path_for(email)) do |req|
        req.body = {
          email_address: email,
          status_if_new: consent ? 'subscribed' : 'transactional',
          merge_fields: { FNAME: first_name.to_s }
        }
      end
      status_of(response.body)
    end

    def status(email)
      status_of(@connection.get(path_for(email), fields: 'status').body)
    rescue Faraday::ResourceNotFound
      nil
    end

    private

    def path_for(email)
      "lists/#{@list_id}/members/#{Digest::MD5.hexdigest(email.downcase)}"
    end

    def status_of(body)
      status = body.is_a?(Hash) ? body['status'] : nil
      raise UnexpectedAnswer, 'member without a known status' unless STATUSES.include?(status)

      status
    end
  end
end
