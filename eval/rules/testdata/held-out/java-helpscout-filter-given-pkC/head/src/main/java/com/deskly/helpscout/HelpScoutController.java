package com.deskly.helpscout;

import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HelpScoutController {

    private final ConversationMirror mirror;

    HelpScoutController(ConversationMirror mirror) {
        this.mirror = mirror;
    }

    @PostMapping("/hooks/helpscout/conversations")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void changed(@Valid @RequestBody HelpScoutConversation conversation) {
        mirror.enqueueRefresh(conversation.id());
    }
}
