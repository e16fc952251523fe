package de.praxisplan.booking

import com.microsoft.graph.models.DateTimeTimeZone
import com.microsoft.graph.models.Event
import com.microsoft.graph.serviceclient.GraphServiceClient
import org.slf4j.LoggerFactory
import org.springframework.stereotype.Service
import org.springframework.transaction.annotation.Transactional
import java.time.ZoneOffset
import java.time.format.DateTimeFormatter

@Service
class BookingService(
    private val graph: GraphServiceClient,
    private val bookings: BookingRepository,
    private val mails: MailOutbox,
) {
    private val log = LoggerFactory.getLogger(javaClass)

    @Transactional
    fun confirm(bookingId: Long): Booking {
        val booking = bookings.lockById(bookingId)
        if (booking.confirmedAt != null) return booking

        val eventId = runCatching {
            graph.users().byUserId(booking.practitionerMailbox).events().post(event(booking)).id
        }.getOrNull()

        booking.confirm(calendarEventId = eventId)
        bookings.save(booking)
        mails.queueConfirmation(booking.patientEmail, booking.startsAt)
        log.info("booking {} confirmed", bookingId)
        return booking
    }

    private fun event(booking: Booking) = Event().apply {
        subject = "Termin ${booking.number}"
        // Graph drops a second event with the same transaction id
        transactionId = "booking-${booking.id}"
        start = utc(booking.startsAt)
        end = utc(booking.endsAt)
    }

    private fun utc(at: java.time.Instant) = DateTimeTimeZone().apply {
        dateTime = DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(at.atOffset(ZoneOffset.UTC))
        timeZone = "UTC"
    }
}
