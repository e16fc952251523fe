using System.Text.Json.Serialization;

namespace Shop.Events;

/// <summary>Body of the webhook <c>order.shipped.v1</c> that partners subscribe to.</summary>
public sealed record OrderShippedV1(
    [property: JsonPropertyName("orderId")] string OrderId,
    [property: JsonPropertyName("shippedAt")] DateTimeOffset ShippedAt,
    [property: JsonPropertyName("carrier")] string Carrier,
    [property: JsonPropertyName("trackingNumber")] string TrackingNumber,
    [property: JsonPropertyName("items")] IReadOnlyList<OrderShippedV1.Item> Items)
{
    public const string Type = "order.shipped.v1";

    public sealed record Item(
        [property: JsonPropertyName("sku")] string Sku,
        [property: JsonPropertyName("quantity")] int Quantity);

    public static OrderShippedV1 From(Order order, Shipment shipment) => new(
        order.Number,
        shipment.HandedOverAt,
        shipment.CarrierCode,
        shipment.Parcels[0].TrackingNumber,
        shipment.Lines.Select(line => new Item(line.Sku, line.Quantity)).ToList());
}
