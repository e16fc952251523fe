package com.leadpipe.connect;

import jakarta.servlet.http.HttpSession;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

@Controller
public class HubSpotConnectController {

    private final HubSpotOAuth oauth;
    private final ConnectionStore connections;
    private final HubSpotProperties props;

    public HubSpotConnectController(HubSpotOAuth oauth, ConnectionStore connections, HubSpotProperties props) {
        this.oauth = oauth;
        this.connections = connections;
        this.props = props;
    }

    @GetMapping("/connect/hubspot")
    public String start(HttpSession session) {
        String state = UUID.randomUUID().toString();
        session.setAttribute("hubspot.state", state);
        return "redirect:" + UriComponentsBuilder.fromHttpUrl("https://app.hubspot.com/oauth/authorize")
                .queryParam("client_id", props.clientId())
                .queryParam("redirect_uri", props.redirectUri())
                .queryParam("scope", "crm.objects.contacts.read")
                .queryParam("state", state)
                .toUriString();
    }

    @GetMapping("/connect/hubspot/callback")
    public String callback(@AuthenticationPrincipal WorkspaceUser user,
                           @RequestParam(required = false) String code,
                           @RequestParam(required = false) String error) {
        if (error != null || code == null) {
            return "redirect:/settings/integrations?hubspot=denied";
        }
        HubSpotTokens tokens = oauth.exchange(code, props.redirectUri());
        connections.save(user.workspaceId(), "hubspot", tokens);
        return "redirect:/settings/integrations?hubspot=connected";
    }
}
