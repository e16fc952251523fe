# frozen_string_literal: true

# Entry point for all outgoing calls; keeps timeouts and the user agent in one place.
module ThirdParty
  USER_AGENT = "lodgebook/#{Lodgebook::VERSION}"

  module_function

  def http
    HTTP
      .timeout(connect: 3, write: 5, read: 15)
      .headers("User-Agent" => USER_AGENT, "Accept" => "application/json")
  end
end
