# frozen_string_literal: true

Rails.application.routes.draw do
  resources :shipments, only: %i[index show]

  namespace :webhooks do
    post "aftership", to: "aftership#create"
  end
end
