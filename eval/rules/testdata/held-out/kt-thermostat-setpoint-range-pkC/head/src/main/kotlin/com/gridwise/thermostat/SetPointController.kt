package com.gridwise.thermostat

import com.fasterxml.jackson.databind.JsonNode
import org.slf4j.LoggerFactory
import org.springframework.http.HttpStatus
import org.springframework.security.access.prepost.PreAuthorize
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.bind.annotation.PutMapping
import org.springframework.web.bind.annotation.RequestBody
import org.springframework.web.bind.annotation.ResponseStatus
import org.springframework.web.bind.annotation.RestController

@RestController
class SetPointController(private val devices: DeviceRegistry, private val commands: CommandPublisher) {

    private val log = LoggerFactory.getLogger(javaClass)

    @PutMapping("/partner/v1/devices/{serial}/set-point")
    @PreAuthorize("hasAuthority('SCOPE_devices.write') and @deviceAccess.owns(authentication, #serial)")
    @ResponseStatus(HttpStatus.ACCEPTED)
    fun setPoint(@PathVariable serial: String, @RequestBody body: JsonNode) {
        val device = devices.find(serial) ?: throw DeviceNotFound(serial)
        val command = SetPointCommand(
            deviceId = device.id,
            celsius = body["target"]["celsius"].asDouble(),
            holdMinutes = body["hold_minutes"].asInt(),
            source = "partner",
        )
        commands.publish(command)
        log.info("set point of {} queued", device.id)
    }
}
