# frozen_string_literal: true

class SessionsController < ApplicationController
  skip_before_action :require_login

  def create
    auth = request.env.fetch("omniauth.auth")
    user = User.active.find_by(entra_oid: auth.uid)
    return redirect_to(login_path, alert: t(".unknown_user")) if user.nil?

    reset_session
    session[:user_id] = user.id
    redirect_to root_path
  end

  def failure
    redirect_to login_path, alert: t(".failed")
  end
end
