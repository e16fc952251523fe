package com.acme.shipping

import java.time.Instant
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate
import org.springframework.stereotype.Repository

@Repository
class ParcelRepository(private val jdbc: NamedParameterJdbcTemplate) {

    fun byTracking(carrier: String, tracking: String): List<Parcel> =
        query(
            "carrier = :carrier AND replace(tracking_number, ' ', '') = :tracking",
            "carrier" to carrier,
            "tracking" to tracking.replace(" ", ""),
        )

    fun stale(before: Instant): List<Parcel> =
        query("status <> :done AND updated_at < :before", "done" to "DELIVERED", "before" to java.sql.Timestamp.from(before))

    private fun query(condition: String, vararg values: Pair<String, Any>): List<Parcel> {
        val sql = "SELECT $COLUMNS FROM parcels WHERE $condition ORDER BY id LIMIT 500"
        return jdbc.query(sql, MapSqlParameterSource(values.toMap())) { rs, _ ->
            Parcel(
                id = rs.getLong("id"),
                orderId = rs.getLong("order_id"),
                status = ShipmentStatus.valueOf(rs.getString("status")),
                updatedAt = rs.getTimestamp("updated_at").toInstant(),
            )
        }
    }

    private companion object {
        const val COLUMNS = "id, order_id, status, updated_at"
    }
}
