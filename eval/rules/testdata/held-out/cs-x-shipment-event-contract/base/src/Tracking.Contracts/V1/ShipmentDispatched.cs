using System.Text.Json.Serialization;

namespace Tracking.Contracts.V1;

/// <summary>Body of the <c>shipment.dispatched</c> event, version 1, sent to the endpoints of our customers.</summary>
public sealed record ShipmentDispatched
{
    public const string EventType = "shipment.dispatched";
    public const int Version = 1;

    [JsonPropertyName("id")]
    public required Guid EventId { get; init; }

    [JsonPropertyName("shipmentId")]
    public required string ShipmentId { get; init; }

    [JsonPropertyName("trackingNumber")]
    public required string TrackingNumber { get; init; }

    [JsonPropertyName("weight")]
    public required decimal WeightKilograms { get; init; }

    [JsonPropertyName("carrier")]
    public required string Carrier { get; init; }

    [JsonPropertyName("dispatchedAt")]
    public required DateTimeOffset DispatchedAt { get; init; }
}
