package com.acme.shipping

import java.time.Instant
import org.springframework.jdbc.core.JdbcTemplate
import org.springframework.stereotype.Repository

@Repository
class ShipmentRepository(private val jdbc: JdbcTemplate) {

    fun findByTracking(carrier: String, tracking: String): List<Shipment> {
        val sql = """
            SELECT id, order_id, status, updated_at
              FROM shipments
             WHERE carrier = '$carrier'
               AND replace(tracking_number, ' ', '') = '${tracking.replace(" ", "")}'
        """.trimIndent()
        return jdbc.query(sql) { rs, _ ->
            Shipment(
                id = rs.getLong("id"),
                orderId = rs.getLong("order_id"),
                status = ShipmentStatus.valueOf(rs.getString("status")),
                updatedAt = rs.getTimestamp("updated_at").toInstant(),
            )
        }
    }

    fun advance(id: Long, status: ShipmentStatus, at: Instant): Boolean =
        jdbc.update(
            "UPDATE shipments SET status = ?, updated_at = ? WHERE id = ? AND updated_at < ?",
            status.name,
            java.sql.Timestamp.from(at),
            id,
            java.sql.Timestamp.from(at),
        ) == 1
}
