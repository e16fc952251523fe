use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use tracing::{error, info};
use url::Url;

use crate::{auth::CurrentWorkspaceAdmin, AppState};

const INSTALL_STATE: &str = "deskly-slack-install";

#[derive(Deserialize)]
pub struct Callback {
    code: Option<String>,
    state: String,
    error: Option<String>,
}

pub async fn start(State(state): State<AppState>, _admin: CurrentWorkspaceAdmin) -> Redirect {
    let mut url = Url::parse("https://slack.com/oauth/v2/authorize").expect("constant url");
    url.query_pairs_mut()
        .append_pair("client_id", &state.slack.client_id)
        .append_pair("scope", "chat:write,channels:read")
        .append_pair("redirect_uri", &state.slack.redirect_uri)
        .append_pair("state", INSTALL_STATE);
    Redirect::to(url.as_str())
}

pub async fn callback(
    State(state): State<AppState>,
    admin: CurrentWorkspaceAdmin,
    Query(query): Query<Callback>,
) -> Response {
    if query.state != INSTALL_STATE {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(code) = query.code else {
        info!(error = query.error.as_deref().unwrap_or("none"), "slack installation refused");
        return Redirect::to("/settings/slack?result=refused").into_response();
    };
    match state.slack.exchange(&code).await {
        Ok(installation) => match state.installations.save(admin.workspace_id, installation).await {
            Ok(()) => Redirect::to("/settings/slack?result=installed").into_response(),
            Err(error) => {
                error!(%error, "slack installation not saved");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        },
        Err(error) => {
            error!(%error, "slack code exchange failed");
            StatusCode::BAD_GATEWAY.into_response()
        }
    }
}
