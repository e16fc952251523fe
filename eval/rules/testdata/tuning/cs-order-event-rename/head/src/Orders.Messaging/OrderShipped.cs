using System.Text.Json.Serialization;

namespace Orders.Messaging;

/// <summary>Published on orders.shipped.v1; consumed by billing, loyalty and the partner feed.</summary>
public sealed record OrderShipped(
    [property: JsonPropertyName("id")] Guid OrderId,
    [property: JsonPropertyName("carrier")] string Carrier,
    [property: JsonPropertyName("tracking")] string Tracking,
    [property: JsonPropertyName("total")] decimal Total,
    [property: JsonPropertyName("currency")] string Currency,
    [property: JsonPropertyName("shippedAt")] DateTimeOffset ShippedAt
);
