package io.callwise.telephony;

import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Say;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
public class VoiceMenuController {

    private final QueueNumbers queues;

    public VoiceMenuController(QueueNumbers queues) {
        this.queues = queues;
    }

    @PostMapping(path = "/hooks/twilio/menu", produces = MediaType.APPLICATION_XML_VALUE)
    public String choose(@RequestParam(name = "Digits", defaultValue = "") String digits) {
        VoiceResponse.Builder answer = new VoiceResponse.Builder();
        queues.byDigit(digits).ifPresentOrElse(
                number -> answer.dial(new Dial.Builder(number).timeout(25).build()),
                () -> answer.say(new Say.Builder("This choice is not known. Good bye.").build()));
        return answer.build().toXml();
    }
}
