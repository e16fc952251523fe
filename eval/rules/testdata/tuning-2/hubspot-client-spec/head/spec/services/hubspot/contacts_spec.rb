# frozen_string_literal: true

require "rails_helper"

RSpec.describe Hubspot::Contacts do
  subject(:contacts) { described_class.new(token: "pat-test-not-real", sleeper: sleeper) }

  let(:sleeper) { instance_double(Proc, call: nil) }
  let(:url) { "https://api.hubapi.com/crm/v3/objects/contacts/42" }
  let(:body) { { id: "42", properties: { email: "ada@example.test" } }.to_json }
  let(:json) { { "Content-Type" => "application/json" } }

  it "returns the properties" do
    stub_request(:get, url)
      .with(headers: { "Authorization" => "Bearer pat-test-not-real" })
      .to_return(status: 200, body: body, headers: json)

    expect(contacts.find(42).email).to eq("ada@example.test")
  end

  it "waits as long as Retry-After says" do
    stub_request(:get, url).to_return(
      { status: 429, headers: { "Retry-After" => "7" } },
      { status: 200, body: body, headers: json }
    )

    contacts.find(42)
    expect(sleeper).to have_received(:call).with(a_value_between(7, 8))
  end

  it "gives up after the third 429" do
    stub_request(:get, url).to_return(status: 429, headers: { "Retry-After" => "1" })

    expect { contacts.find(42) }.to raise_error(Hubspot::RateLimited)
    expect(a_request(:get, url)).to have_been_made.times(3)
  end

  it "does not repeat a 401" do
    stub_request(:get, url).to_return(status: 401)

    expect { contacts.find(42) }.to raise_error(Hubspot::Unauthorized)
    expect(a_request(:get, url)).to have_been_made.once
  end
end
