package com.nordlager.tracking;

import com.nordlager.customs.CustomsPapers;
import com.nordlager.customs.ErpUpload;
import com.nordlager.mail.CustomerMail;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class EasyPostHookController {

    private final EasyPostSignature signature;
    private final TrackerEvents events;
    private final CustomsPapers papers;
    private final ErpUpload erp;
    private final CustomerMail mail;

    public EasyPostHookController(EasyPostSignature signature, TrackerEvents events, CustomsPapers papers,
                                  ErpUpload erp, CustomerMail mail) {
        this.signature = signature;
        this.events = events;
        this.papers = papers;
        this.erp = erp;
        this.mail = mail;
    }

    @PostMapping("/hooks/easypost")
    public ResponseEntity<Void> receive(@RequestBody byte[] body,
                                        @RequestHeader(name = "X-Hmac-Signature", required = false) String header) throws IOException {
        if (!signature.isValid(body, header)) {
            return ResponseEntity.status(HttpStatus.UNAUTHORIZED).build();
        }
        TrackerEvent event = events.parse(body);
        if (events.isProcessed(event.id())) {
            return ResponseEntity.ok().build();
        }
        byte[] pdf = papers.renderAll(event.shipmentId());
        String documentId = erp.uploadAndWaitForArchive(event.shipmentId(), pdf);
        mail.sendArrival(event.shipmentId(), documentId);
        events.markProcessed(event.id());
        return ResponseEntity.ok().build();
    }
}
