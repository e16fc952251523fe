# frozen_string_literal: true

# drawn from config/routes.rb
namespace :webhooks do
  scope :shopify, controller: :shopify_privacy do
    post "customers/redact", action: :customers_redact
  end

  scope :postmark, controller: :postmark do
    post "bounce", action: :bounce
  end

  scope :stripe, controller: :stripe do
    post "events", action: :create
  end
end

namespace :internal do
  resources :privacy_requests, only: %i[index show]
end

direct(:privacy_policy) { "https://www.lumenshop.example/privacy" }
