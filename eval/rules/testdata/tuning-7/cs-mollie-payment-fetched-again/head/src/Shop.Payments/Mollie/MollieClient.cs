using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Shop.Payments.Mollie;

public sealed record MollieAmount(string Value, string Currency);

public sealed record MolliePayment(string Id, string Status, MollieAmount Amount);

/// <summary>The base address and the key are set where the client is registered.</summary>
public sealed partial class MollieClient(HttpClient http)
{
    public static bool IsPaymentId(string id) => PaymentId().IsMatch(id);

    public async Task<MolliePayment> GetPaymentAsync(string id, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(8));
        return await http.GetFromJsonAsync<MolliePayment>($"v2/payments/{id}", limit.Token)
            ?? throw new InvalidOperationException($"empty payment {id}");
    }

    [GeneratedRegex("^tr_[A-Za-z0-9]{6,30}$")]
    private static partial Regex PaymentId();
}
