# frozen_string_literal: true

Rails.application.routes.draw do
  namespace :webhooks do
    post 'recurly', to: 'recurly#create'
  end
end
