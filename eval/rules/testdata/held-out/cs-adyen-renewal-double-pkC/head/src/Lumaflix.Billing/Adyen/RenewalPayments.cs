using System.Net.Http.Json;

namespace Lumaflix.Billing.Adyen;

public sealed class RenewalPayments
{
    private readonly HttpClient _http;
    private readonly string _merchantAccount;

    public RenewalPayments(HttpClient http, AdyenSettings settings)
    {
        _http = http;
        _merchantAccount = settings.MerchantAccount;
    }

    public async Task<PaymentOutcome> ChargeAsync(Renewal renewal, CancellationToken ct)
    {
        using var response = await _http.PostAsJsonAsync("payments", new
        {
            merchantAccount = _merchantAccount,
            amount = new { currency = renewal.Currency, value = renewal.MinorUnits },
            reference = renewal.Number,
            shopperReference = renewal.SubscriberId,
            shopperInteraction = "ContAuth",
            recurringProcessingModel = "Subscription",
            paymentMethod = new { type = "scheme", storedPaymentMethodId = renewal.PaymentMethodId },
        }, ct);
        response.EnsureSuccessStatusCode();
        var payment = await response.Content.ReadFromJsonAsync<AdyenPayment>(ct)
            ?? throw new AdyenException("empty payment answer");
        return new PaymentOutcome(payment.PspReference, payment.ResultCode == "Authorised");
    }
}
