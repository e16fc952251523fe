using System.Text.Json.Serialization;

namespace NorthCover.Partners.Webhooks;

/// <summary>Sent to partners as `claim.status_changed`, version 1.</summary>
public sealed record ClaimStatusPayload
{
    [JsonPropertyName("event_id")]
    public required Guid EventId { get; init; }

    [JsonPropertyName("version")]
    public int Version => 1;

    [JsonPropertyName("claim_number")]
    public required string ClaimNumber { get; init; }

    [JsonPropertyName("status")]
    [JsonConverter(typeof(JsonStringEnumConverter<ClaimStatus>))]
    public required ClaimStatus Status { get; init; }

    [JsonPropertyName("changed_at")]
    public required DateTimeOffset ChangedAt { get; init; }
}
