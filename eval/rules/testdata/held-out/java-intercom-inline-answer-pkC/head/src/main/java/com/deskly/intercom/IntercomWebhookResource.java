package com.deskly.intercom;

import com.deskly.ai.AnswerDrafter;
import com.deskly.ai.KnowledgeSearch;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;

@Path("/intercom/events")
@Consumes(MediaType.APPLICATION_JSON)
public class IntercomWebhookResource {

    private final IntercomSignature signature;
    private final NotificationLog notifications;
    private final KnowledgeSearch knowledge;
    private final AnswerDrafter drafter;
    private final IntercomReplies replies;
    private final ObjectMapper mapper;

    public IntercomWebhookResource(IntercomSignature signature, NotificationLog notifications,
            KnowledgeSearch knowledge, AnswerDrafter drafter, IntercomReplies replies, ObjectMapper mapper) {
        this.signature = signature;
        this.notifications = notifications;
        this.knowledge = knowledge;
        this.drafter = drafter;
        this.replies = replies;
        this.mapper = mapper;
    }

    @POST
    public Response receive(@HeaderParam("X-Hub-Signature") String header, byte[] body) throws IOException {
        if (!signature.matches(header, body)) {
            return Response.status(Response.Status.UNAUTHORIZED).build();
        }
        Notification notification = mapper.readValue(body, Notification.class);
        if (!"conversation.user.replied".equals(notification.topic()) || notifications.isDone(notification.id())) {
            return Response.ok().build();
        }
        ConversationPart part = notification.latestPart();
        var passages = knowledge.search(part.plainText(), 8);
        String answer = drafter.draftWithGpt(part.plainText(), passages);
        replies.send(notification.conversationId(), answer);
        notifications.markDone(notification.id());
        return Response.ok().build();
    }
}
