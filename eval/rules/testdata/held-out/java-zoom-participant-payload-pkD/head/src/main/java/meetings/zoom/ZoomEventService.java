package meetings.zoom;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Called by the queue worker for stored events, whose signature the controller has checked. */
@Service
public class ZoomEventService {

    private static final Logger log = LoggerFactory.getLogger(ZoomEventService.class);

    private final AttendanceRepository attendance;

    public ZoomEventService(AttendanceRepository attendance) {
        this.attendance = attendance;
    }

    @Transactional
    public void participantJoined(Map<String, Object> event) {
        Map<String, Object> payload = (Map<String, Object>) event.get("payload");
        Map<String, Object> object = (Map<String, Object>) payload.get("object");
        Map<String, Object> participant = (Map<String, Object>) object.get("participant");

        String meetingUuid = (String) object.get("uuid");
        String email = ((String) participant.get("email")).toLowerCase(Locale.ROOT);
        OffsetDateTime joinedAt = OffsetDateTime.parse((String) participant.get("join_time"));

        attendance.upsert(meetingUuid, (String) participant.get("participant_uuid"), email, joinedAt);
        log.info("participant joined meeting {}", meetingUuid);
    }
}
