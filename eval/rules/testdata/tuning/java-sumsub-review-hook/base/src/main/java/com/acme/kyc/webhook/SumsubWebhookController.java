package com.acme.kyc.webhook;

import com.acme.kyc.ApplicantReviews;
import jakarta.validation.Valid;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/webhooks/sumsub")
public class SumsubWebhookController {

    private final ApplicantReviews reviews;

    public SumsubWebhookController(ApplicantReviews reviews) {
        this.reviews = reviews;
    }

    @PostMapping
    public ResponseEntity<Void> receive(@Valid @RequestBody SumsubEvent event) {
        switch (event.type()) {
            // upserts by applicant and review id, older reviews are ignored
            case "applicantReviewed" -> reviews.apply(event.applicantId(), event.reviewId(), event.answer(), event.createdAt());
            default -> {
                return ResponseEntity.noContent().build();
            }
        }
        return ResponseEntity.ok().build();
    }
}
